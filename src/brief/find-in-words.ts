import type { Word } from "unbash";
import { isLiteral, type Simple } from "./read-shell.ts";
import type { Finding } from "./render-lint.ts";

/** Quotes and dashes of word processors and phones, which for the shell are letters like any others. */
const typographic = /[\u2018-\u201f\u2039\u203a\u00ab\u00bb]|^[\u2010-\u2015-]*[\u2010-\u2015]/u;

/** What the words of a command show that no shell reads as it was meant. */
export function findInWords({ argv, words }: Pick<Simple, "argv" | "words">): Finding[] {
  const [name] = words;
  const curly = words.map(bareOf).find((text) => typographic.test(text));
  return [
    ...(curly === undefined ? [] : [{ rule: "lint-typographic" as const, found: curly }]),
    ...(name && /^(?:[A-Za-z]:|\.{1,2})?\\/.test(name.text)
      ? [{ rule: "lint-windows" as const, found: name.text }]
      : []),
    ...(name && argv.length === 1 && isLiteral(name) && /\s/.test(argv[0] ?? "")
      ? [{ rule: "lint-quoted" as const, found: name.text }]
      : []),
    ...(name && isSubstitution(name) ? [{ rule: "lint-unknown" as const, found: name.text }] : []),
  ];
}

/** What of a word stands outside of quotes. */
function bareOf({ parts, text }: Word): string {
  if (!parts) return text;
  return parts.map((part) => (part.type === "Literal" ? part.value : "")).join("");
}

function isSubstitution({ parts = [] }: Word): boolean {
  return parts.length === 1 && parts[0]?.type === "CommandExpansion";
}
