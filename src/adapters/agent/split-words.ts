import { Failure } from "../../domain/task/failure.ts";

/** One piece of a word: quoted by ' or ", escaped by a backslash, or plain; or the white space between words. */
const piece =
  /'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|\\(?<escaped>.)|(?<plain>[^\s'"\\]+)|(?<space>\s+)/gsy;

/** Splits a command line into words as a shell would, without expanding anything. */
export function splitWords(line: string): string[] {
  const pieces = [...line.trim().matchAll(piece)];
  const read = pieces.reduce((length, match) => length + match[0].length, 0);
  if (read < line.trim().length)
    throw new Failure("agent-unavailable", `AGENT has a quote that is not closed: ${line}`);

  const words: string[][] = [[]];
  for (const { groups = {} } of pieces) {
    if (groups.space === undefined) words.at(-1)?.push(unquote(groups));
    else words.push([]);
  }
  return words.filter((parts) => parts.length > 0).map((parts) => parts.join(""));
}

function unquote(groups: Record<string, string | undefined>): string {
  if (groups.double !== undefined) return groups.double.replace(/\\(["\\$`])/g, "$1");
  return groups.single ?? groups.escaped ?? groups.plain ?? "";
}
