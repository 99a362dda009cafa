import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { Exit } from "../../domain/evidence/exit.ts";
import { inlineCode } from "../../domain/text/escape-markdown.ts";
import { missingModules } from "./missing-modules.ts";
import { missingProgram } from "./missing-program.ts";

/** What never came to its tests: how many files or packages; `failed`: how many of them the runner counts as failed tests. */
export type Unloaded = { count: number; failed: number; what: "test file" | "package" };

/** A runner's words, from logs of pytest, unittest, jest, vitest, rspec and go. The first group is the file or package. */
const signs: { line: RegExp; isFailed: boolean; what: Unloaded["what"] }[] = [
  { line: /^_+ ERROR collecting (.{1,300}?) _+$/gm, isFailed: true, what: "test file" },
  { line: /^ERROR: (\S+) \(unittest\.loader\._FailedTest[^)\n]*\)$/gm, isFailed: true, what: "test file" },
  { line: /^FAIL (.{1,300})\n\s*● Test suite failed to run$/gm, isFailed: false, what: "test file" },
  { line: /^ FAIL +.{0,300}\[ (\S{1,300}) \]$/gm, isFailed: false, what: "test file" },
  { line: /^An error occurred while loading (\S+?)\.?$/gm, isFailed: true, what: "test file" },
  { line: /^FAIL\t(\S+) \[(?:build|setup) failed\]$/gm, isFailed: false, what: "package" },
];

/** What the end of a red run's log says of files that could not be loaded; undefined where it says nothing. */
export function unloadedIn({ exit }: Pick<Measurement, "exit">): Unloaded | undefined {
  if (exit.exitCode === 0) return undefined;
  const text = outputTail(exit);
  for (const { line, isFailed, what } of signs) {
    const files = new Set([...text.matchAll(line)].map(([, file]) => file));
    // pytest tells the sum last, where the log is longer than its kept end.
    const told = Number(/^!+ Interrupted: (\d{1,6}) errors? during collection !+$/m.exec(text)?.[1] ?? 0);
    const count = what === "test file" && isFailed ? Math.max(files.size, told) : files.size;
    if (count > 0) return { count, failed: isFailed ? count : 0, what };
  }
  return undefined;
}

/** That in words, for example "12 test files could not be loaded: module `x` cannot be found". */
export function describeUnloaded(run: Pick<Measurement, "exit">, { count, what }: Unloaded): string {
  const told = `${count} ${what}${count === 1 ? "" : "s"} could not be ${what === "package" ? "built" : "loaded"}`;
  return [told, describeMissing(run)].filter((part) => part !== "").join(": ");
}

/** The program or the module that a red run misses, in words; nothing where it names none. */
export function describeMissing({ exit }: Pick<Measurement, "exit">): string {
  if (exit.exitCode === 0) return "";
  if (exit.exitCode === 127) return `${missingProgram(exit)} is not installed`;
  const [first] = missingModules(outputTail(exit));
  return first ? `module ${inlineCode(first.name)} cannot be found` : "";
}

function outputTail({ log }: Exit): string {
  return log.tail.replaceAll("\r\n", "\n");
}
