import { type ChangedFile, deletionsOf } from "../../../domain/evidence/change.ts";
import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import { globFinder } from "../../../domain/paths/find-glob.ts";
import { forbiddenPaths } from "../../../domain/task/brief.ts";
import { findSupport } from "./find-support.ts";
import type { Grounds } from "./grounds.ts";
import { isLink, isModeChange, isSubmodule } from "./kind-of-change.ts";

/** What a changed path is to the scope of a brief. */
type Standing = { kind: "in scope" | "support" | "drift" | "forbidden"; why: string };

/**
 * What the scope is judged by: besides the change what the agent edited inside submodules, which is no part of it, and what
 * the change touches that non-goals name.
 */
type ScopeGrounds = Grounds & { inSubmodules?: string[]; named?: Finding[] };

/** The check `scope`: each changed path against what the brief declared and what it forbade. */
export function checkScope(grounds: ScopeGrounds): CheckRow<"scope"> {
  const { brief, policy, inSubmodules = [] } = grounds;
  const isIgnored = globFinder(policy.paths.ignore);
  const named = (grounds.named ?? []).filter(({ path = "" }) => isIgnored(path) === undefined);
  const files = grounds.files.filter(({ path }) => isIgnored(path) === undefined);
  const standingOf = standings(files, brief);
  const placed = files.map((file) => ({ file, standing: standingOf(file.path) }));
  const has = (kind: Standing["kind"]): boolean => placed.some(({ standing }) => standing.kind === kind);
  const good = has("drift") || inSubmodules.length + named.length > 0 ? "attention" : "pass";
  return {
    name: "scope",
    status: has("forbidden") ? "fail" : good,
    ...(brief.scope.length === 0 && { reason: "no scope" as const }),
    line: `${counted(placed.map(({ standing }) => standing.kind))}${brief.scope.length === 0 ? " (none was declared)" : ""}${oddities(files)}${leftOut(inSubmodules)}${touched(named)}`,
    findings: [
      ...placed.flatMap(({ file, standing }) => scopeFinding(file, standing)),
      ...named,
      ...inSubmodules.map((path) => ({ path, message: insideSubmodule })),
    ],
  };
}

const insideSubmodule =
  "edited inside a submodule: the edit is not part of the change, and nothing was measured with it";

function leftOut(inSubmodules: string[]): string {
  return inSubmodules.length > 0 ? `; left out: ${inSubmodules.length} edited inside submodules` : "";
}

function touched(named: Finding[]): string {
  return named.length > 0 ? `; ${named.length} touched that a non-goal names` : "";
}

/** A name that is no text means nothing that anybody declared, whatever it looks like when it is shown. */
function standings(files: ChangedFile[], brief: Grounds["brief"]): (path: string) => Standing {
  const forbiddenBy = globFinder(forbiddenPaths(brief));
  const inScopeBy = globFinder(brief.scope);
  const isInScope = (path: string): boolean => inScopeBy(path) !== undefined && !path.includes("\ufffd");
  const paths = files.map(({ path }) => path);
  const inScope = new Set(paths.filter(isInScope));
  const others = paths.filter((path) => !inScope.has(path) && !path.includes("\ufffd"));
  const support = brief.scope.length > 0 ? findSupport({ brief, inScope: [...inScope], others }) : new Map();
  return (path) => {
    const glob = forbiddenBy(path);
    if (glob !== undefined) return { kind: "forbidden", why: `the non-goal \`${glob}\` forbids it` };
    if (brief.scope.length === 0 || inScope.has(path)) return { kind: "in scope", why: "" };
    const why = support.get(path);
    return why ? { kind: "support", why } : { kind: "drift", why: "it is outside the declared scope" };
  };
}

function scopeFinding(file: ChangedFile, { kind, why }: Standing): Finding[] {
  const { path } = file;
  const isNew = !file.before || !isLink(file.before);
  if (kind === "drift" || kind === "forbidden")
    return [{ path, message: `${kind}: ${why}${oddityOf(file)}` }];
  return isNew && isLink(file.after) ? [{ path, message: "a new symbolic link" }] : [];
}

function oddityOf({ path, before, after, from }: ChangedFile): string {
  if (from !== undefined)
    return from.toLowerCase() === path.toLowerCase()
      ? `; moved from ${JSON.stringify(from)}, which differs in case alone`
      : `; it comes from ${JSON.stringify(from)}`;
  if (isSubmodule(before) || isSubmodule(after)) return "; it is a submodule";
  return isLink(after) ? "; it is a link" : "";
}

function counted(kinds: Standing["kind"][]): string {
  const order = ["in scope", "support", "drift", "forbidden"] as const;
  const counts = order.map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length }));
  return counts
    .filter(({ kind, count }) => count > 0 || kind === "in scope")
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(", ");
}

function oddities(files: ChangedFile[]): string {
  const counts: [string, number][] = [
    ["moved or copied", files.filter(({ from }) => from !== undefined).length],
    ["deleted", deletionsOf(files).length],
    ["mode changed", files.filter(isModeChange).length],
    ["links", files.filter(({ before, after }) => isLink(before) || isLink(after)).length],
    ["submodules", files.filter(({ before, after }) => isSubmodule(before) || isSubmodule(after)).length],
  ];
  const told = counts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`);
  return told.length > 0 ? `; ${told.join(", ")}` : "";
}
