import type { Base } from "../../domain/evidence/change.ts";
import type { Problem } from "../../domain/task/brief.ts";
import type { NamedTarget } from "./named-targets.ts";
import { renderMissingTarget } from "./render-lint.ts";

/**
 * What is known of the repository at the base commit: which files it has, and the scripts and make targets of its root.
 * Without a list of scripts or targets only the files that would hold them are looked for. `submodules` are paths, and
 * `lfs` globs of files whose content is not in git; both are there only where the repository has any.
 */
export type TargetFacts = {
  files: { has(path: string): boolean };
  scripts?: string[];
  makeTargets?: string[];
  submodules?: string[];
  lfs?: string[];
  /** The commit that they were gathered at, where it was fetched for them. */
  base?: Base;
};

/** The targets of a validation command that the base commit does not have. */
export function checkTargets(targets: NamedTarget[], facts: TargetFacts, line = 1): Problem[] {
  return targets.flatMap((target) => {
    const missing = missingOf(target, facts);
    return missing ? [renderMissingTarget({ line, ...missing })] : [];
  });
}

type MissingTarget = { kind: NamedTarget["kind"] | "manifest"; name: string; near: string[] };

function missingOf(target: NamedTarget, facts: TargetFacts): MissingTarget | undefined {
  switch (target.kind) {
    case "file":
      return facts.files.has(target.path) ? undefined : { kind: "file", name: target.path, near: [] };
    case "script":
      return missingScript(target, facts);
    case "make":
      return missingMake(target, facts);
  }
}

function missingScript(
  { name, directory }: NamedTarget & { kind: "script" },
  { files, scripts }: TargetFacts,
): MissingTarget | undefined {
  const manifest = inFolder(directory, "package.json");
  if (!files.has(manifest)) return { kind: "manifest", name: manifest, near: [] };
  if (directory !== "" || !scripts || scripts.includes(name)) return undefined;
  return { kind: "script", name, near: likestNames(name, scripts) };
}

function missingMake(
  target: NamedTarget & { kind: "make" },
  { files, makeTargets }: TargetFacts,
): MissingTarget | undefined {
  const { name, directory, file } = target;
  const names = file === undefined ? ["GNUmakefile", "makefile", "Makefile"] : [file];
  if (!names.some((one) => files.has(inFolder(directory, one))))
    return { kind: "manifest", name: inFolder(directory, names.at(-1) ?? "Makefile"), near: [] };
  const known =
    name === undefined ||
    directory !== "" ||
    file !== undefined ||
    !makeTargets ||
    makeTargets.includes(name);
  return known ? undefined : { kind: "make", name, near: likestNames(name, makeTargets) };
}

function inFolder(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}

/** The few names that a person may have meant, those that share the most with the wrong one first. */
function likestNames(name: string, names: string[]): string[] {
  const wanted = letterPairs(name);
  return names
    .map((one) => ({ one, shared: [...letterPairs(one)].filter((pair) => wanted.has(pair)).length }))
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ one }) => one);
}

function letterPairs(name: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, name.length - 1) }, (_, at) => name.slice(at, at + 2)));
}
