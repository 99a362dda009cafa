import type { Exit } from "./evidence.ts";

/** How much of the end of an output a failure quotes, in characters and lines. */
const CHARACTERS = 1_500;
const LINES = 20;

/** The last lines of what a command wrote, for people who must mend it; `""` where it wrote nothing. */
export function endOfOutput({ log }: Pick<Exit, "log">): string {
  return log.tail.trim().split("\n").slice(-LINES).join("\n").slice(-CHARACTERS);
}

/** The same as the end of a sentence that says what went wrong. */
export function quoteEnd(exit: Pick<Exit, "log">): string {
  const end = endOfOutput(exit);
  return end === "" ? "It wrote nothing." : `The end of its output:\n${end}\n`;
}
