import { mark } from "./edit.ts";

/** By the end of a file's name: what ends the run of whoever loads the file. */
const stops: [RegExp, string][] = [
  [/\.[cm]?[jt]sx?$/, `throw new Error("${mark}");`],
  [/\.py$/, `raise RuntimeError("${mark}")`],
  [/_test\.go$/, `func init() { panic("${mark}") }`],
  [/\.rs$/, `compile_error!("${mark}");`],
];

/** A test file that nobody can load without a failure; undefined for a language that is not known. */
export function stoppedText(path: string, text: string): string | undefined {
  const stop = stops.find(([files]) => files.test(path))?.[1];
  return stop && `${text}\n${stop}\n`;
}
