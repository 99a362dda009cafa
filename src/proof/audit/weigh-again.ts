import type { Evidence, Measurement } from "../../domain/evidence/evidence.ts";
import type { AgainRuns } from "../measure-again.ts";
import type { Weighed } from "./weighed.ts";

const names = {
  validation: "validation",
  baseline: "baseline",
  proofOfTest: "proof of test",
  baseTests: "base tests",
} as const;

/** Holds what was run here against what the evidence says of the same run. */
export function weighAgain(evidence: Evidence, again: AgainRuns): Weighed[] {
  return Object.entries(names).flatMap(([field, name]) => {
    const key = field as keyof typeof names;
    const [told, here] = [evidence[key], again[key]];
    return told || here ? [weighOne(name, { told, here })] : [];
  });
}

type RunPair = Record<"told" | "here", Measurement | null | undefined>;

function weighOne(name: string, { told, here }: RunPair): Weighed {
  const what = `again: ${name}`;
  const repair = "The machine may lack what the command needs, or the evidence is wrong.";
  if (!told) return { what, holds: false, line: "it was run here, and the evidence has no such run", repair };
  if (!here)
    return { what, holds: false, line: "the evidence has such a run, and here there was none", repair };
  if (here.tree !== told.tree)
    return { what, holds: false, line: `it was run on the tree ${here.tree} here, not ${told.tree}`, repair };
  const holds = exitWords(here) === exitWords(told);
  if (holds) return { what, holds, line: `${exitWords(here)}${countsOf(here)}, as in the evidence`, repair };
  const end = lastLine(here.exit.log.tail);
  const line = `${exitWords(here)} here, ${exitWords(told)} in the evidence${end && `: ${end}`}`;
  return { what, holds, line, repair };
}

function exitWords({ exit: { exitCode, signal, endedBy } }: Measurement): string {
  if (endedBy !== "itself") return `ended by ${endedBy}`;
  return exitCode === null ? `ended by ${signal}` : `exit code ${exitCode}`;
}

function countsOf({ counts, reported }: Measurement): string {
  const told = reported ?? counts;
  return told ? ` with ${told.passed} passed and ${told.failed} failed` : "";
}

/** The last line of an output, for people; long ones are cut. */
function lastLine(text: string): string {
  return (text.trimEnd().split("\n").at(-1) ?? "").slice(0, 200);
}
