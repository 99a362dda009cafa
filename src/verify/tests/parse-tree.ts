import type { Parser, PartialParse, Tree } from "@lezer/common";
import { parser as javascript } from "@lezer/javascript";
import { parser as python } from "@lezer/python";

/** The grammars by the end of a file's name. */
const grammars: [RegExp, Parser][] = [
  [/\.[cm]?ts$/, javascript.configure({ dialect: "ts" })],
  [/\.tsx$/, javascript.configure({ dialect: "ts jsx" })],
  [/\.([cm]?js|jsx)$/, javascript.configure({ dialect: "jsx" })],
  [/\.pyi?$/, python],
];

/** Work per character beyond which a text is no code that a person wrote: 5,180 real files stayed below 90. */
const WORK_PER_CHARACTER = 150;
/** Work that any text may take, however short. */
const LEAST_WORK = 100_000;

/** How deep a reading may be nested, in entries of the parser's stack, three to a level. */
const DEEPEST = 3_000;

/** The parser's open readings; each step costs in proportion to how deep they are (checked by a test on hostile texts). */
type Readings = { stacks?: { stack: { length: number } }[] };

/** The grammar for a path, or undefined where there is only the pattern of a language, or none. */
export function grammarFor(path: string): Parser | undefined {
  return grammars.find(([name]) => name.test(path))?.[1];
}

/**
 * The syntax tree of any text, or undefined if it takes more work than its length allows: what is nested without end
 * costs a tolerant parser time and memory in the square of its length.
 */
export function parseTree(grammar: Parser, text: string): Tree | undefined {
  const parse: PartialParse & Readings = grammar.startParse(text);
  let left = LEAST_WORK + WORK_PER_CHARACTER * text.length;
  while (left > 0) {
    const tree = parse.advance();
    if (tree) return tree;
    left -= 1;
    for (const { stack } of parse.stacks ?? []) left -= stack.length > DEEPEST ? left : stack.length;
  }
  return undefined;
}
