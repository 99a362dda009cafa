import type { FileText } from "../../../domain/evidence/change.ts";
import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import { isPartOfEmoji } from "../../../domain/text/escape-markdown.ts";
import { findLookalikes, holdsNames } from "./find-lookalikes.ts";
import { foreignIn, hiddenInName, pointOf } from "./hidden-in-name.ts";

/** Code points that nobody sees, or that reorder what is seen: bidi controls, tags, variation selectors, joiners. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800\ufff9-\ufffb]/gu;

/** What makes a line worth a look: a character that is not plain ASCII. */
const special = /[\u0080-\u{10ffff}]/u;

/** More findings than this say nothing new. */
const maxFindings = 50;

/** Scripts that are written with joiners: there they are seen by what they do to their neighbours. */
const joining =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Mongolian}\p{Script=Syriac}\p{Script=Khmer}]/u;

/**
 * The first lines of a file that have characters nobody sees or takes for what they are, and that the base's text does not
 * have; before them what the name of a new file hides.
 */
export function findHiddenText(text: FileText): Finding[] {
  const { file } = text;
  const isNew = file.after !== null && file.before === null;
  const inName = isNew ? hiddenInName(file.path, (name) => hiddenIn(name, 1)) : [];
  return [...inName.map((message) => ({ path: file.path, message })), ...findHiddenLines(text)];
}

function findHiddenLines({ file, before, after }: FileText): Finding[] {
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
  const hidden = [...new Set(hiddenIn(line, index).map(pointOf))];
  const alike = holdsNames(path) ? findLookalikes(line) : [];
  return [
    ...(hidden.length > 0 ? [`hidden: ${hidden.slice(0, 5).join(", ")}`] : []),
    ...alike
      .slice(0, 5)
      .map((word) => `reads as another name: “${word.slice(0, 60)}” has ${foreignIn(word)}`),
  ];
}

function hiddenIn(line: string, index: number): string[] {
  return [...line.matchAll(unseen)].flatMap(({ 0: char, index: at }) => {
    const isMark = index === 0 && at === 0 && char === "\ufeff";
    return isMark || isShaping(line, at) ? [] : [char];
  });
}

/** A joiner within an emoji or between letters of a script that needs it; the selector of an emoji. */
function isShaping(line: string, at: number): boolean {
  if (isPartOfEmoji(line, at)) return true;
  const isJoiner = line[at] === "\u200c" || line[at] === "\u200d";
  return isJoiner && joining.test(line[at - 1] ?? "") && joining.test(line[at + 1] ?? line[at - 1] ?? "");
}

/** The check `hidden text`: added lines that say more, or something else, than a reviewer sees. */
export function checkHiddenText(findings: Finding[]): CheckRow<"hidden text"> {
  const name = "hidden text";
  if (findings.length === 0)
    return {
      name,
      status: "pass",
      line: "no added line and no name of a file has characters that nobody sees or takes for others",
      findings,
    };
  const count = findings.length > maxFindings ? `more than ${maxFindings}` : findings.length;
  const names = findings.filter(({ line }) => line === undefined).length;
  const what =
    names === 0
      ? "added line"
      : names === findings.length
        ? "name of a file"
        : "added line or name of a file";
  const lines = findings.length === 1 ? `1 ${what} has` : `${count} ${manyOf(what)} have`;
  return {
    name,
    status: "attention",
    line: `${lines} characters that nobody sees, takes for others, or that reorder what is seen`,
    findings: findings.slice(0, maxFindings),
  };
}

function manyOf(what: string): string {
  return what.replace("line", "lines").replace("name of a file", "names of files");
}
