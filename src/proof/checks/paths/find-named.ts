import type { FileText } from "../../../domain/evidence/change.ts";
import type { Finding } from "../../../domain/evidence/evidence.ts";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { globOf } from "../../../domain/task/brief.ts";
import { blocksOf } from "./blocks-of.ts";

/** A name in backticks within a non-goal: of a file, or of a function, class or method. */
export type NamedNonGoal = { item: string; name: string; kind: "file" | "code" };

/** Words before a name which say that it is what may be touched. */
const exempts = /\b(?:except|other than|apart from|outside|besides|beyond|but|only|unlike|instead of)\b/i;

/** More names than these are no list that somebody wrote. */
const maxNames = 50;

const code =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|pyi|go|rs|java|kts?|cs|php|rb|exs?|swift|scala|lua|c|cc|cpp|h|hpp|sh)$/;

/** Finds the names in the non-goals. An item that is a path or glob as a whole forbids paths already. */
export function namedIn(nonGoals: string[]): NamedNonGoal[] {
  return nonGoals
    .flatMap((item) =>
      [...item.matchAll(/(?<ticks>`+) ?(?<span>[^`\n]{1,200}?) ?\k<ticks>(?!`)/g)].flatMap((found) =>
        exempts.test(item.slice(0, found.index)) ? [] : readNamed(item, found.groups?.span ?? ""),
      ),
    )
    .filter(({ item, kind }) => kind === "code" || globOf(item) === undefined)
    .slice(0, maxNames);
}

function readNamed(item: string, span: string): NamedNonGoal[] {
  const path = span.replace(/^(?:\.?\/)+/, "");
  if (/^[\w@./[\]$-]+\.[A-Za-z]\w{0,9}$/.test(path) && (path.includes("/") || code.test(path)))
    return [{ item, name: path, kind: "file" }];
  const { name } =
    /^(?:[A-Za-z_$][\w$]*(?:\.|::|#|->))*(?<name>[A-Za-z_$][\w$]*)(?:\([^()]*\))?$/.exec(span)?.groups ?? {};
  return name ? [{ item, name, kind: "code" }] : [];
}

/** What a changed file touches of that which non-goals name: one finding for each name. */
export function findNamed({ file, before, after }: FileText, named: NamedNonGoal[]): Finding[] {
  const { path } = file;
  return named.flatMap(({ item, name, kind }): Finding[] => {
    const message = `touches \`${name}\`, which a non-goal names: ${item.slice(0, 120)}`;
    if (kind === "file") return isNamedFile(file, name) ? [{ path, message }] : [];
    if (!code.test(path) || isTestPath(path)) return [];
    const touched = touchedBlock(name, { before, after });
    if (!touched) return [];
    return [touched.line === undefined ? { path, message } : { path, line: touched.line, message }];
  });
}

function isNamedFile({ path, from }: FileText["file"], name: string): boolean {
  return [path, from].some((each) => each === name || each?.endsWith(`/${name}`));
}

/** The first block of a name that is not as before; without a line where it is gone. */
function touchedBlock(
  name: string,
  { before, after }: Pick<FileText, "before" | "after">,
): { line: number | undefined } | undefined {
  const [was, is] = [blocksOf(before ?? "", name), blocksOf(after ?? "", name)];
  const known = was.map(({ text }) => text);
  for (const { text, line } of is) {
    const at = known.indexOf(text);
    if (at < 0) return { line };
    known.splice(at, 1);
  }
  return known.length > 0 ? { line: undefined } : undefined;
}
