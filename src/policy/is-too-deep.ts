import { Lexer } from "yaml";

/** Columns before a line's words, marks such as `- ` on one line, and brackets within brackets: far more than any of our files has. */
const most = { indent: 100, marks: 30, brackets: 50 };

/**
 * Whether a YAML text is nested deeper than it can be read safely. The parser calls itself for each level, and a regular
 * expression that is compiled where the stack ends takes the process down with it: `- ` a thousand times did, on Node 20.
 */
export function isTooDeep(text: string): boolean {
  return text.split(/[\r\n]/).some(isLineDeep) || hasDeepBrackets(text);
}

function isLineDeep(line: string): boolean {
  const indent = line.length - line.trimStart().length;
  return indent > most.indent || (line.match(/(?:^|\s)[-?:&!]/g)?.length ?? 0) > most.marks;
}

/** Brackets within quotes and comments are none, which only a lexer can tell. */
function hasDeepBrackets(text: string): boolean {
  let depth = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") depth++;
    if (token === "]" || token === "}") depth--;
    if (depth > most.brackets) return true;
  }
  return false;
}
