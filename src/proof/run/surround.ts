import type { ChangedFile } from "../../domain/evidence/change.ts";
import type { ElsewhereRuns } from "../../domain/evidence/evidence.ts";
import type { Surrounding } from "../../domain/evidence/surrounding.ts";
import { isTestPath } from "../../domain/paths/test-path.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import type { Ports } from "../../ports.ts";

/** What can be otherwise around a run, and what cannot, with why. */
export type Around = Pick<ElsewhereRuns, "changed" | "unchanged">;

/**
 * The other date is so many days later: another year, month, day of the month and of the week, and beyond what a
 * cheat would find near enough.
 */
const laterDays = 1_000;

const document =
  /\.(?:md|mdx|markdown|rst|adoc|txt|png|jpe?g|gif|svg|webp|pdf)$|(?:^|\/)(?:LICENSE|NOTICE|AUTHORS)$/i;

/** The files of a change that could ask who runs them: none that is a test, a document, or gone. */
export function filesThatAsk(files: ChangedFile[]): ChangedFile[] {
  return files.filter(({ path, after }) => after !== null && !isTestPath(path) && !document.test(path));
}

/** What can be changed around the runs of such a change. `CI` stays where the rules of the repository set it. */
export async function aroundOf(
  task: AcceptedTask,
  files: ChangedFile[],
  { policies, dates }: Pick<Ports, "policies" | "dates">,
): Promise<Around> {
  const { validation } = await policies.of(task.repository);
  const reaches = filesThatAsk(files).map(({ path }) => dates.reach(path));
  const isReached = reaches.some(({ can }) => can);
  const [why] = reaches.flatMap((reach) => (reach.can ? [] : [reach.why]));
  const hindered: ElsewhereRuns["unchanged"] = [
    ...("CI" in validation.env ? [{ what: "CI" as const, why: "the repository's rules set it" }] : []),
    ...(isReached || why === undefined ? [] : [{ what: "date" as const, why }]),
  ];
  const all: Surrounding[] = ["CI", "directory", ...(reaches.length > 0 ? ["date" as const] : [])];
  return { changed: all.filter((one) => hindered.every(({ what }) => what !== one)), unchanged: hindered };
}

/** Makes of a command's environment the one with these surroundings; the directory is changed where it is checked out. */
export function surround(
  surroundings: Surrounding[],
  { dates }: Pick<Ports, "dates">,
): { told: (environment: Record<string, string>) => Record<string, string>; readable: string[] } {
  const later = surroundings.includes("date") ? dates.shift(laterDays) : undefined;
  const told = ({ CI, ...environment }: Record<string, string>) => {
    const kept = surroundings.includes("CI") || CI === undefined ? environment : { ...environment, CI };
    return later ? later.told(kept) : kept;
  };
  return { told, readable: later?.readable ?? [] };
}
