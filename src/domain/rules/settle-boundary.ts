import { globFinder } from "../paths/find-glob.ts";
import { type Brief, type Class, classes } from "../task/brief.ts";
import { defaultClassPaths } from "./classes.ts";
import { alwaysProtected, type Policy } from "./policy.ts";

/** A class or a glob that a person may want a say in, and the paths that it means. */
export type Border = { name: string; isClass: boolean; globs: string[]; means(path: string): boolean };

/** What a task must ask for, and what it may not touch at all. */
export type Borders = Record<"ask" | "never", Border[]>;

/** The borders of a task: the brief's and the repository's, of which for each class the stricter holds. */
export function settleBoundary(
  { boundary }: Pick<Brief, "boundary">,
  { approval, paths }: Pick<Policy, "approval" | "paths">,
): Borders {
  const ruled = (rule: "ask" | "never"): string[] => classes.filter((name) => approval[name] === rule);
  const never = [...new Set([...boundary.never, ...ruled("never")])];
  const ask = [...new Set([...boundary.ask, ...ruled("ask")])].filter((name) => !never.includes(name));
  const borderOf = (name: string): Border => {
    const isClass = isClassName(name);
    const globs = isClass ? (paths.classes[name] ?? defaultClassPaths[name]) : [name];
    const find = globFinder(globs, { nocase: isClass });
    return { name, isClass, globs, means: (path) => find(path) !== undefined };
  };
  return { ask: ask.map(borderOf), never: never.map(borderOf) };
}

/** Finds the glob by which a path is protected; of ours case does not count, since on many disks it does not. */
export function protectedFinder({ paths }: Pick<Policy, "paths">): (path: string) => string | undefined {
  const always = globFinder(alwaysProtected, { nocase: true });
  const own = globFinder(paths.protected);
  return (path) => own(path) ?? always(path);
}

function isClassName(name: string): name is Class {
  return classes.some((known) => known === name);
}
