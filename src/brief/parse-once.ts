import { type ParsedBrief, parseBrief } from "./parse-brief.ts";

/** How many texts are remembered: those of the deliveries and attempts that one process handles at once. */
const remembered = 16;

const known = new Map<string, ParsedBrief>();

/** The brief of a text that several steps of one delivery ask for: the newest texts are parsed once. It is not to be changed. */
export function parseOnce(markdown: string): ParsedBrief {
  const parsed = known.get(markdown) ?? parseBrief(markdown);
  known.delete(markdown);
  known.set(markdown, parsed);
  for (const text of [...known.keys()].slice(0, -remembered)) known.delete(text);
  return parsed;
}
