import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The turns of an attempt: requests to the model that were passed on and not turned down. */
export type TurnTally = { count(): number; add(): Promise<void>; takeBack(): Promise<void> };

/**
 * Opens the tally of an attempt, which lies in a file so that the turns of a killed worker's leg still count: one
 * letter for each turn and for each that is taken back. `known` turns are counted at the least.
 */
export async function openTurnTally(directory: string, known: number): Promise<TurnTally> {
  const file = join(directory, "turns");
  const letters = await readFile(file, "utf8").catch(() => "");
  const of = (letter: string): number => letters.split(letter).length - 1;
  let turns = Math.max(known, of("+") - of("-"));
  return {
    count: () => turns,
    add: () => {
      turns += 1;
      return appendFile(file, "+");
    },
    takeBack: () => {
      turns -= 1;
      return appendFile(file, "-");
    },
  };
}
