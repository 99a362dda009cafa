import pico from "picocolors";

/** Colours for a terminal only; the library alone would colour the files that a CI service keeps as well. */
export const colours = pico.createColors(pico.isColorSupported && process.stdout.isTTY === true);

/** Prints one line for people. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
