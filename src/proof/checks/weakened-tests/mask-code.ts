import { blank } from "./mask.ts";

/** Strings, comments and characters of the languages with `//`, and those of the languages with `#`. */
const slashes = /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n]){1,8}'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
const hashes = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;

/** A text of a language without a grammar, once without its comments, and once without its strings as well. */
export function maskCode(text: string, comment: "//" | "#"): { code: string; bare: string } {
  const pattern = comment === "//" ? slashes : hashes;
  const isComment = (found: string): boolean =>
    comment === "//" ? found.startsWith("//") || found.startsWith("/*") : found.startsWith("#");
  return {
    code: text.replace(pattern, (found) => (isComment(found) ? blank(found) : found)),
    bare: text.replace(pattern, (found) => blank(found)),
  };
}
