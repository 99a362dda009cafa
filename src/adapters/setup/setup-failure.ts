import { quoteEnd } from "../../domain/evidence/end-of-output.ts";
import type { Exit } from "../../domain/evidence/exit.ts";
import { forAllUsers } from "../../domain/host/for-all-users.ts";
import { Failure } from "../../domain/task/failure.ts";

/** A set-up command that failed on what people have published: whose it is to mend, with the end of its output. */
export function setupFailure(run: string, exit: Exit): Failure {
  const said = `The set-up command (${run}) ${describeSetupEnd(exit)}.`;
  const why = [notInstalled(exit), notResolved(exit)].filter(Boolean);
  return new Failure("setup", [said, ...why, quoteEnd(exit)].join(" "));
}

/** Many machines have a program only in somebody's home, which no log tells. */
function notInstalled({ exitCode, log }: Exit): string | undefined {
  const name =
    /(?:^|\n)(?:\S*\/)?(?:ba|da|z|k)?sh: (?:line )?(?:\d+: )?(?<name>[^:\n]+): [^\n]*not found/.exec(log.tail)
      ?.groups?.name;
  if (exitCode !== 127 || name === undefined) return undefined;
  return `\`${name}\` is not installed: ${forAllUsers}`;
}

/** Our proxy's remark (see egress-sandbox.ts): the repository's set-up may be right, and the machine without a network. */
function notResolved({ log }: Exit): string | undefined {
  const host = /\[drafthorse: (?<host>[^\s:\]]+)\S* was refused: its name cannot be resolved\]/.exec(log.tail)
    ?.groups?.host;
  if (host === undefined) return undefined;
  return `This machine cannot resolve the name \`${host}\`: unless the name is wrong, that is its operator's to mend, by DNS, \`HTTPS_PROXY\` or the address of a registry of your own; \`drafthorse doctor network egress\` tries it.`;
}

function describeSetupEnd({ endedBy, exitCode, signal, durationMs }: Exit): string {
  if (endedBy === "time" || endedBy === "silence")
    return `was stopped after ${Math.round(durationMs / 1000)} s without an end`;
  return exitCode === null ? `was killed by ${signal}` : `ended with exit code ${exitCode}`;
}
