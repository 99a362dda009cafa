import type { FileText } from "../../../domain/evidence/change.ts";
import type { Check, Finding } from "../../../domain/evidence/evidence.ts";
import { isPartOfEmoji } from "../../../domain/text/escape-markdown.ts";
import { findLookalikes, holdsNames } from "./find-lookalikes.ts";

/** Code points that nobody sees, or that reorder what is seen: bidi controls, tags, variation selectors, joiners. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800\ufff9-\ufffb]/gu;

/** What makes a line worth a look: a character that is not plain ASCII. */
const special = /[\u0080-\u{10ffff}]/u;

/** More findings than this say nothing new. */
const maxFindings = 50;

/** Scripts that are written with joiners: there they are seen by what they do to their neighbours. */
const joining =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Mongolian}\p{Script=Syriac}\p{Script=Khmer}]/u;

/** The first lines of a file that have characters nobody sees or takes for what they are, and that the base's text does not have. */
export function findHiddenText({ file, before, after }: FileText): Finding[] {
  if (after === undefined || after.search(special) < 0) return [];
  const known = new Set((before ?? "").split("\n").filter((line) => line.search(special) >= 0));
  const findings: Finding[] = [];
  for (const [index, line] of after.split("\n").entries()) {
    if (findings.length > maxFindings) break;
    if (known.has(line)) continue;
    for (const message of messagesOf(line, { index, path: file.path }))
      findings.push({ path: file.path, line: index + 1, message });
  }
  return findings;
}

function messagesOf(line: string, { index, path }: { index: number; path: string }): string[] {
  const hidden = [...new Set(hiddenIn(line, index))];
  const alike = holdsNames(path) ? findLookalikes(line) : [];
  return [
    ...(hidden.length > 0 ? [`hidden: ${hidden.slice(0, 5).join(", ")}`] : []),
    ...alike
      .slice(0, 5)
      .map((word) => `reads as another name: “${word.slice(0, 60)}” has ${foreignIn(word)}`),
  ];
}

function foreignIn(word: string): string {
  const letters = [...word].filter((letter) => /[^\p{Script=Latin}\p{N}_$]/u.test(letter));
  return [...new Set(letters.map(nameOf))].slice(0, 5).join(", ");
}

function hiddenIn(line: string, index: number): string[] {
  return [...line.matchAll(unseen)].flatMap(({ 0: char, index: at }) => {
    const isMark = index === 0 && at === 0 && char === "\ufeff";
    return isMark || isShaping(line, at) ? [] : [nameOf(char)];
  });
}

/** A joiner within an emoji or between letters of a script that needs it; the selector of an emoji. */
function isShaping(line: string, at: number): boolean {
  if (isPartOfEmoji(line, at)) return true;
  const isJoiner = line[at] === "\u200c" || line[at] === "\u200d";
  return isJoiner && joining.test(line[at - 1] ?? "") && joining.test(line[at + 1] ?? line[at - 1] ?? "");
}

function nameOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The check `hidden text`: added lines that say more, or something else, than a reviewer sees. */
export function checkHiddenText(findings: Finding[]): Check {
  const name = "hidden text";
  if (findings.length === 0)
    return {
      name,
      status: "pass",
      line: "no added line has characters that nobody sees or takes for others",
      findings,
    };
  const count = findings.length > maxFindings ? `more than ${maxFindings}` : findings.length;
  const lines = findings.length === 1 ? "1 added line has" : `${count} added lines have`;
  return {
    name,
    status: "attention",
    line: `${lines} characters that nobody sees, takes for others, or that reorder what is seen`,
    findings: findings.slice(0, maxFindings),
  };
}
