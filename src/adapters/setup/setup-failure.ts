import type { Exit } from "../../domain/evidence.ts";
import { Failure } from "../../domain/failure.ts";

/** How much of the end of a set-up's output its failure quotes, in characters and lines. */
const CHARACTERS = 1_500;
const LINES = 20;

/** A set-up command that failed on what people have published: whose it is to mend, with the end of its output. */
export function setupFailure(run: string, exit: Exit): Failure {
  const tail = exit.log.tail.trim().split("\n").slice(-LINES).join("\n").slice(-CHARACTERS);
  const said = tail === "" ? "It wrote nothing." : `The end of its output:\n${tail}\n`;
  return new Failure("setup", `The set-up command (${run}) ${howItEnded(exit)}. ${said}`);
}

function howItEnded({ endedBy, exitCode, signal, durationMs }: Exit): string {
  if (endedBy === "time" || endedBy === "silence")
    return `was stopped after ${Math.round(durationMs / 1000)} s without an end`;
  return exitCode === null ? `was killed by ${signal}` : `ended with exit code ${exitCode}`;
}
