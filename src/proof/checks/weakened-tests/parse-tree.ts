import type { Input, Parser, PartialParse, Tree } from "@lezer/common";
import { parser as javascript } from "@lezer/javascript";
import { parser as python } from "@lezer/python";

/** The grammars by the end of a file's name. */
const grammars: [RegExp, Parser][] = [
  [/\.[cm]?ts$/, javascript.configure({ dialect: "ts" })],
  [/\.tsx$/, javascript.configure({ dialect: "ts jsx" })],
  [/\.([cm]?js|jsx)$/, javascript.configure({ dialect: "jsx" })],
  [/\.pyi?$/, python],
];

/** The names of the nodes that are functions, in the grammars of all languages. */
export const functionNames =
  /^(ArrowFunction|FunctionExpression|FunctionDeclaration|FunctionDefinition|MethodDeclaration)$/;

/** Work per character beyond which a text is no code that a person wrote: 5,180 real files stayed below 150. */
const workPerCharacter = 300;
/** Work that no text may take, however long. */
const mostWork = 100_000_000;
/** Work that any text may take, however short. */
const leastWork = 100_000;

/** How deep a reading may be nested, in entries of the parser's stack, three to a level. */
const deepest = 3_000;

/** The parser's open readings; each step costs in proportion to how deep they are (checked by a test on hostile texts). */
type Readings = { stacks?: { stack: { length: number } }[] };

/** The grammar for a path, or undefined where there is only the pattern of a language, or none. */
export function grammarFor(path: string): Parser | undefined {
  return grammars.find(([name]) => name.test(path))?.[1];
}

/** How many characters the parser is handed at once: whoever scans far ahead asks again and again. */
const chunkCharacters = 1_024;
/** What handing over one chunk counts, in work: tokens near its edges ask for it again, which costs little. */
const chunkWork = 128;

/** A text that counts how much of it was read, rereading included: an open comment is searched for its end each time. */
class MeteredText implements Input {
  readonly lineChunks = false;
  readonly length: number;
  work = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.length = text.length;
  }

  chunk(from: number): string {
    this.work += chunkWork;
    return this.text.slice(from, from + chunkCharacters);
  }

  read(from: number, to: number): string {
    return this.text.slice(from, to);
  }
}

/**
 * The syntax tree of any text, or undefined if it takes more work than its length allows: what is nested without end
 * costs a tolerant parser time and memory in the square of its length, and so does what is opened and never closed.
 */
export function parseTree(grammar: Parser, text: string): Tree | undefined {
  const input = new MeteredText(text);
  const parse: PartialParse & Readings = grammar.startParse(input);
  const allowed = Math.min(mostWork, leastWork + workPerCharacter * text.length);
  for (let work = 0; work + input.work <= allowed; work += 1) {
    const tree = advance(parse);
    if (tree) return tree === "too deep" ? undefined : tree;
    for (const { stack } of parse.stacks ?? []) work += stack.length > deepest ? allowed : stack.length;
  }
  return undefined;
}

/** One step. The parser builds its tree by recursion: what it was led into more deeply than the stack goes ends here. */
function advance(parse: PartialParse): Tree | "too deep" | null {
  try {
    return parse.advance();
  } catch (error) {
    if (error instanceof RangeError) return "too deep";
    throw error;
  }
}
