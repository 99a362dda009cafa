import { showInkless } from "../domain/text/escape-markdown.ts";

/** What terminals take for colours and movements of the cursor; nobody reads them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const terminalCodes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** Text of others as one line, in which what leaves no ink or turns the order of letters is shown by its number. */
export function shownLine(text: string, most = 300): string {
  const line = showInkless(
    text
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, most * 2),
  );
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

/** Text of several lines, such as a log, in the same way, without a terminal's colours. */
export function shownText(text: string): string {
  return showInkless(text.replace(terminalCodes, "").replace(/\r\n?/g, "\n"));
}
