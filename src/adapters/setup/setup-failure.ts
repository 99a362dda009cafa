import { quoteEnd } from "../../domain/evidence/end-of-output.ts";
import type { Exit } from "../../domain/evidence/exit.ts";
import { Failure } from "../../domain/task/failure.ts";

/** A set-up command that failed on what people have published: whose it is to mend, with the end of its output. */
export function setupFailure(run: string, exit: Exit): Failure {
  return new Failure("setup", `The set-up command (${run}) ${describeSetupEnd(exit)}. ${quoteEnd(exit)}`);
}

function describeSetupEnd({ endedBy, exitCode, signal, durationMs }: Exit): string {
  if (endedBy === "time" || endedBy === "silence")
    return `was stopped after ${Math.round(durationMs / 1000)} s without an end`;
  return exitCode === null ? `was killed by ${signal}` : `ended with exit code ${exitCode}`;
}
