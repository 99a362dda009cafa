import picomatch from "picomatch";
import { defaultClassPaths, sensitiveClasses, sensitiveWords } from "../domain/rules/classes.ts";
import { type Brief, type Class, classes } from "../domain/task/brief.ts";

/** The paths of each class; a class that is left out keeps its defaults. */
export type ClassPaths = Partial<Record<Class, string[]>>;

/** A class that a brief belongs to, and the path or word by which that is seen. */
export type Classified = { class: Class; by: "scope" | "words"; found: string };

/** The classes of a brief: by its declared scope, and by whole words in its goal and criteria. */
export function classify(
  brief: Pick<Brief, "scope" | "goal" | "doneWhen">,
  paths: ClassPaths = {},
): Classified[] {
  const text = [brief.goal, ...brief.doneWhen.map((criterion) => criterion.text)].join("\n");
  return [...classifyScope(brief.scope, paths), ...classifyWords(text)];
}

/** The first glob of a scope that falls into each class. */
function classifyScope(scope: string[], paths: ClassPaths): Classified[] {
  const samples = scope.map((glob) => ({ glob, paths: samplesOf(glob) }));
  return classes.flatMap((name) => {
    const globs = paths[name] ?? defaultClassPaths[name];
    if (globs.length === 0) return [];
    const belongs = picomatch(globs, { dot: true, nocase: true });
    const found = samples.find((sample) => sample.paths.some((path) => belongs(path)));
    return found ? [{ class: name, by: "scope" as const, found: found.glob }] : [];
  });
}

/**
 * Paths that a glob could mean: stars become a plain name, so that `src/auth/*.ts` is of the class of `src/auth/x.ts`,
 * while `src/**`, which may contain anything, is of none.
 */
function samplesOf(glob: string): string[] {
  const path = glob
    .replace(/\{(?<first>[^,{}]*)[^{}]*\}/g, "$<first>")
    .replace(/\*+/g, "x")
    .replace(/\?/g, "x");
  return [path, `${path}/x`];
}

function classifyWords(text: string): Classified[] {
  return sensitiveClasses.flatMap((name) => {
    const words = sensitiveWords[name].map((word) => word.replace(/ /g, "\\s+"));
    const match = new RegExp(`(?<![\\w-])(?:${words.join("|")})(?![\\w-])`, "i").exec(text);
    return match ? [{ class: name, by: "words" as const, found: match[0] }] : [];
  });
}
