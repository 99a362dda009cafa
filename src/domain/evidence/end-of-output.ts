import type { Exit } from "./exit.ts";

/** How much of the end of an output a failure quotes, in characters and lines. */
const characters = 1_500;
const lines = 20;

/** The last lines of what a command wrote, for people who must mend it; `""` where it wrote nothing. */
export function endOfOutput({ log }: Pick<Exit, "log">): string {
  return log.tail.trim().split("\n").slice(-lines).join("\n").slice(-characters);
}

/** What stands between a sentence of ours and the lines that a command wrote. */
const introduction = "The end of its output:\n";

/** The same as the end of a sentence that says what went wrong. */
export function quoteEnd(exit: Pick<Exit, "log">): string {
  const end = endOfOutput(exit);
  return end === "" ? "It wrote nothing." : `${introduction}${end}\n`;
}

/** A sentence that ends so, apart: what we say, and what the command wrote, where it is quoted. */
export function splitQuote(cause: string): { said: string; quoted?: string } {
  const at = cause.indexOf(introduction);
  if (at < 0) return { said: cause };
  return {
    said: cause.slice(0, at + introduction.length).trim(),
    quoted: cause.slice(at + introduction.length).trimEnd(),
  };
}
