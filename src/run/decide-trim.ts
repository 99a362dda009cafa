import type { ChangedFile, TrimmedPath } from "../domain/evidence/change.ts";
import { leadsOut } from "../domain/paths/leads-out.ts";
import type { Policy } from "../domain/rules/policy.ts";
import { protectedFinder, settleBoundary } from "../domain/rules/settle-boundary.ts";
import type { Brief } from "../domain/task/brief.ts";
import { findLeftover, type Leftover } from "./find-leftover.ts";

/** What is known when a change is trimmed; `targets` are those of its links, by path, and `atBase` what the base has. */
export type TrimGrounds = {
  brief: Pick<Brief, "boundary" | "scope">;
  policy: Pick<Policy, "approval" | "paths">;
  files: ChangedFile[];
  targets: ReadonlyMap<string, string>;
  atBase: ReadonlySet<string>;
};

/** What has to be known of the base before a change can be trimmed. */
export function askOfBase(files: ChangedFile[]): string[] {
  const doubts = files.flatMap((file) => (file.before ? [] : (findLeftover(file.path)?.doubt ?? [])));
  return [...new Set(doubts.map((doubt) => ("folder" in doubt ? doubt.folder : doubt.partner)))];
}

/** The paths that are put back to the base before anybody validates the change, and why, in the change's order. */
export function decideTrim(grounds: TrimGrounds): TrimmedPath[] {
  const { files } = grounds;
  const reasonOf = reasoner(grounds);
  const chosen = new Map(files.flatMap((file) => trimmedEntry(file, reasonOf(file))));
  const inTheWay = blockerFinder(files.filter(({ path, before }) => before && chosen.has(path)));
  return files.flatMap((file) => {
    const own = chosen.get(file.path);
    const blocked = own || file.before ? undefined : inTheWay(file.path);
    const cause = blocked === undefined ? undefined : chosen.get(blocked);
    const found = own ?? (cause && { ...cause, path: file.path, rule: `it stands in the way of ${blocked}` });
    return found ? [found] : [];
  });
}

type Reason = Omit<TrimmedPath, "path">;

function trimmedEntry(file: ChangedFile, reason: Reason | undefined): [string, TrimmedPath][] {
  return reason ? [[file.path, { path: file.path, ...reason }]] : [];
}

/** A new leftover is dropped even where a path is protected: nobody misses an agent's own session files. */
function reasoner(grounds: TrimGrounds): (file: ChangedFile) => Reason | undefined {
  const { brief, policy, files, targets } = grounds;
  const protectedBy = protectedFinder(policy);
  const { never } = settleBoundary(brief, policy);
  const present = new Set(files.flatMap(({ path, after }) => (after ? [path] : [])));
  const forbidden = (path: string): Reason | undefined => {
    const glob = protectedBy(path);
    if (glob !== undefined) return { why: "protected", rule: glob };
    const border = never.find(({ means }) => means(path));
    return border && { why: "never", rule: border.name };
  };
  return ({ path, before, after }) => {
    const leftover = before ? undefined : findLeftover(path);
    if (leftover && isLeftover(leftover, { ...grounds, present }))
      return { why: "stray", rule: leftover.name };
    const target = after ? targets.get(path) : undefined;
    const isBadLink = target !== undefined && leadsOut(path, target);
    return forbidden(path) ?? (isBadLink ? { why: "link", rule: "a link that leads out" } : undefined);
  };
}

/** A folder that the base has, or that the brief names, is the project's; so is a file whose partner is not there. */
function isLeftover(
  { doubt }: Leftover,
  { brief, atBase, present }: TrimGrounds & { present: ReadonlySet<string> },
): boolean {
  if (!doubt) return true;
  if ("partner" in doubt) return atBase.has(doubt.partner) || present.has(doubt.partner);
  const name = doubt.folder.split("/").at(-1) ?? "";
  return !atBase.has(doubt.folder) && !brief.scope.some((glob) => glob.split("/").includes(name));
}

/**
 * Finds what a new path keeps from being put back: a file above or below it, since one path cannot be both a file and a
 * folder, or one that differs in case alone, since many disks cannot hold both.
 */
function blockerFinder(restored: ChangedFile[]): (path: string) => string | undefined {
  const paths = new Set(restored.map(({ path }) => path));
  const folders = new Map(restored.flatMap(({ path }) => foldersAbove(path).map((folder) => [folder, path])));
  const longest = restored.reduce((length, { path }) => Math.max(length, path.length), 0);
  const lower = new Map(restored.map(({ path }) => [path.toLowerCase(), path]));
  return (path) =>
    foldersAbove(path.slice(0, longest + 1)).find((folder) => paths.has(folder)) ??
    folders.get(path) ??
    lower.get(path.toLowerCase());
}

/** `a` and `a/b` for `a/b/c`. */
function foldersAbove(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}
