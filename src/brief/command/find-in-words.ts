import type { Word } from "unbash";
import { programNames } from "./program-names.ts";
import { isLiteralWord, type Simple } from "./read-shell.ts";
import type { BrokenRule } from "./render-lint.ts";

/** Quotes and dashes of word processors and phones, which for the shell are letters like any others. */
const typographic = /[\u2018-\u201f\u2039\u203a\u00ab\u00bb]|^[\u2010-\u2015-]*[\u2010-\u2015]/u;

/** What the words of a command show that no shell reads as it was meant. */
export function findInWords({ argv, words }: Pick<Simple, "argv" | "words">): BrokenRule[] {
  const [name] = words;
  const curly = words.map(unquotedPart).find((text) => typographic.test(text));
  return [
    ...(curly === undefined ? [] : [{ rule: "lint-typographic" as const, found: curly }]),
    ...(name && /^(?:[A-Za-z]:|\.{1,2})?\\/.test(name.text)
      ? [{ rule: "lint-windows" as const, found: name.text }]
      : []),
    ...(name && argv.length === 1 && isLiteralWord(name) && /\s/.test(argv[0] ?? "")
      ? [{ rule: "lint-quoted" as const, found: name.text }]
      : []),
    ...(isProse(words) ? [{ rule: "lint-words" as const, found: argv.join(" ").slice(0, 80) }] : []),
    ...(isSequence(words) ? [{ rule: "lint-several" as const }] : []),
    ...(name && isSubstitution(name) ? [{ rule: "lint-unknown" as const, found: name.text }] : []),
  ];
}

const verbs =
  /^(?:Run|Running|Execute|Use|Please|Manual|Manually|Check|Verify|Ensure|Just|See|The|All|Tests?|please|execute|manual|manually)$/;
const programs = new RegExp(`^(?:${programNames}|\\./\\S+)$`);

/** Words to people instead of a command: they begin like a sentence, or end like one. */
function isProse(words: Word[]): boolean {
  return verbs.test(words[0]?.text ?? "") || /[A-Za-z]\.$/.test(words.at(-1)?.text ?? "");
}

/** `npm run build, npm test` and `npm run build then npm test`: for the shell the second is words of the first. */
function isSequence(words: Word[]): boolean {
  return words.some(({ text }, at) => {
    const next = words[at + 1]?.text ?? "";
    return at > 0 && programs.test(next) && (/^(?:and|then)$/i.test(text) || /[^,],$/.test(text));
  });
}

/** What of a word stands outside of quotes. */
function unquotedPart({ parts, text }: Word): string {
  if (!parts) return text;
  return parts.map((part) => (part.type === "Literal" ? part.value : "")).join("");
}

function isSubstitution({ parts = [] }: Word): boolean {
  return parts.length === 1 && parts[0]?.type === "CommandExpansion";
}
