import type { Change, ChangedFile } from "../../domain/evidence/change.ts";
import type { ElsewhereRuns } from "../../domain/evidence/evidence.ts";
import type { Surrounding } from "../../domain/evidence/surrounding.ts";
import { isTestPath } from "../../domain/paths/test-path.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import { type ChangeAddress, changeAddress } from "../../domain/task/change-address.ts";
import type { Ports } from "../../ports.ts";
import { watchesWithoutCi } from "./watches-without-ci.ts";

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

/**
 * What can be changed around the runs of such a change. `CI` stays where the rules of the repository set it, and where the
 * command would watch files without it.
 */
export async function aroundOf(
  task: AcceptedTask,
  { change, files }: { change: Change; files: ChangedFile[] },
  { policies, dates, objects }: Pick<Ports, "policies" | "dates" | "objects">,
): Promise<Around> {
  const { validation } = await policies.of(task.repository);
  const manifests = await readManifests(changeAddress(task, change), { objects });
  const isWatching = watchesWithoutCi([task.brief.brief.validation].flat(), manifests);
  const reaches = filesThatAsk(files).map(({ path }) => dates.reach(path));
  const isReached = reaches.some(({ can }) => can);
  const [why] = reaches.flatMap((reach) => (reach.can ? [] : [reach.why]));
  const hindered: ElsewhereRuns["unchanged"] = [
    ...("CI" in validation.env ? [{ what: "CI" as const, why: "the repository's rules set it" }] : []),
    ...(isWatching && !("CI" in validation.env)
      ? [{ what: "CI" as const, why: "the command watches files without it" }]
      : []),
    ...(isReached || why === undefined ? [] : [{ what: "date" as const, why }]),
  ];
  const all: Surrounding[] = ["CI", "directory", ...(reaches.length > 0 ? ["date" as const] : [])];
  return { changed: all.filter((one) => hindered.every(({ what }) => what !== one)), unchanged: hindered };
}

/** More manifests than these are no project of one person's, and deeper ones are samples. */
const mostManifests = 50;
const manifest = /^(?:[^/]+\/){0,2}package\.json$/;

async function readManifests(at: ChangeAddress, { objects }: Pick<Ports, "objects">): Promise<string[]> {
  const listed = await objects.list(at, at.change.tree, (path) => manifest.test(path));
  const wanted = listed.slice(0, mostManifests).map(({ path, id }) => ({
    ...{ path, before: null },
    after: { mode: "100644", id, bytes: 0 },
  }));
  const texts: string[] = [];
  for await (const { after } of objects.texts(at, wanted)) if (after !== undefined) texts.push(after);
  return texts;
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
