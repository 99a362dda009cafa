/**
 * Bounds within which the parser's time is known. Outside them a text is answered, not parsed. A person's brief is far
 * inside them: the longest in the corpus has 300 lines.
 */
export const bounds = {
  /** GitHub's own limit for an issue's body. */
  characters: 65_536,
  lines: 2_000,
  /** Quotes and lists within each other, opened on one line: each further line looks at all of them. */
  depth: 12,
  /** Columns before the last marker of a line, which bounds the depth that indentation alone can reach. */
  indent: 48,
};

/**
 * Signs that each make the parser look through the rest of a paragraph, back to its beginning, or move all that
 * follows: found by timing 64 KiB of every combination of some fifty tokens.
 */
const costly = [
  { sign: "square brackets", pattern: /[[\]]/g, most: 2_000 },
  { sign: "backticks", pattern: /`/g, most: 2_000 },
  { sign: "backslashes", pattern: /\\/g, most: 2_000 },
  { sign: "signs `<`", pattern: /</g, most: 2_000 },
  { sign: "signs `&`", pattern: /&/g, most: 4_000 },
  { sign: "signs `<!` and `<?`", pattern: /<[!?]/g, most: 100 },
];

/** The first bound that a text breaks, and where. */
export type Tangle =
  | { rule: "too-long" | "too-many-lines" | "too-deep"; line: number }
  | { rule: "too-many-signs"; line: number; sign: string; most: number };

const opening = /^(?:[\s>]|(?:[-+*]|\d{1,9}[.)])(?=[\s>]|$))*/;
const marker = />|[-+*]|\d+[.)]/g;

/** Whether a text is too long or too entangled to be parsed in bounded time. */
export function findTangle(text: string): Tangle | undefined {
  if (text.length > bounds.characters) return { rule: "too-long", line: 1 };
  const lines = text.split("\n");
  if (lines.length > bounds.lines) return { rule: "too-many-lines", line: bounds.lines + 1 };
  const deep = lines.findIndex(isDeep);
  if (deep >= 0) return { rule: "too-deep", line: deep + 1 };
  for (const { sign, pattern, most } of costly) {
    const line = lineBeyond(lines, { pattern, most });
    if (line !== undefined) return { rule: "too-many-signs", line, sign, most };
  }
  return undefined;
}

function isDeep(line: string): boolean {
  const lead = opening.exec(line)?.[0] ?? "";
  const markers = lead.match(marker)?.length ?? 0;
  if (markers === 0) return false;
  return markers > bounds.depth || lead.trimEnd().replaceAll("\t", "    ").length > bounds.indent;
}

function lineBeyond(
  lines: string[],
  { pattern, most }: { pattern: RegExp; most: number },
): number | undefined {
  let seen = 0;
  const line = lines.findIndex((text) => {
    seen += text.match(pattern)?.length ?? 0;
    return seen > most;
  });
  return line < 0 ? undefined : line + 1;
}
