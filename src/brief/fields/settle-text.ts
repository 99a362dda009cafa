import { codeBlock } from "../../domain/text/escape-markdown.ts";
import { cleanHiddenText } from "../visible/clean-hidden-text.ts";
import { readMarkdown, spanOf } from "../visible/read-markdown.ts";
import { mendFences } from "./mend-fences.ts";
import { mendHeadings } from "./mend-headings.ts";

/** Marks with which Markdown begins something other than words. */
const leadingMarks =
  /^(?:(?:[-*+>|]|#{1,6}|\d{1,9}[.)]|\[[ xX]?\])(?=\s|$)|>|(?:```+|~~~+)(?=[^`]*$)|(?:[-*_]\s*){3,}$)\s*/;

/** The words of one item on one line, such that written behind a dash they are read again as just these words. */
export function settleItem(source: string): string {
  let text = source.replace(/\s+/g, " ").trim();
  for (let bare = text.replace(leadingMarks, ""); bare !== text; bare = text.replace(leadingMarks, ""))
    text = bare;
  if (isSettledItem(text)) return text;
  const escaped = text.replace(/[\\`*_[\]<>&!#+\-.|~=:]/g, "\\$&");
  return isSettledItem(escaped)
    ? escaped
    : text
        .replace(/[^\p{L}\p{N} ]+/gu, " ")
        .replace(/\s+/g, " ")
        .trim();
}

/** A free text, such that written between two headings it is read again as just this text; else it becomes a block of code. */
export function settleText(source: string): string {
  const text = source.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
  const unindented = text.replace(/^ {1,3}(?=\S)/, "");
  return isSettledText(unindented) ? unindented : codeBlock(unindented);
}

/** How much a text says, in letters: a sign of Chinese, Japanese or Korean says as much as three. */
export function weightOf(text: string): number {
  const wide = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu) ?? [];
  return text.length + 2 * wide.length;
}

function isSettledItem(text: string): boolean {
  if (/^[\p{L}\p{N} ,;'"()/-]*$/u.test(text) && /^\p{L}/u.test(text)) return true;
  const written = `- [ ] ${text}`;
  if (cleanHiddenText(written).text !== written) return false;
  const [list, ...others] = readMarkdown(`- ${text}`).children;
  const item = list?.type === "list" && list.children.length === 1 ? list.children[0] : undefined;
  const [paragraph, ...more] = item?.children ?? [];
  if (others.length > 0 || more.length > 0 || paragraph?.type !== "paragraph") return false;
  return spanOf(paragraph).start === 2 && spanOf(paragraph).end === text.length + 2;
}

function isSettledText(text: string): boolean {
  const written = `### Goal\n\n${text}\n\n### Non-goals\n`;
  if (cleanHiddenText(written).text !== written || mendFences(written) !== written) return false;
  const whole = `${written}\n### Validation command\n\n### Done when\n\n### Approval boundary\n`;
  if (mendHeadings(whole).text !== whole) return false;
  const headings = readMarkdown(written).children.filter(
    (node) => node.type === "heading" && node.depth <= 4,
  );
  const last = headings.at(-1);
  return (
    headings.length === 2 &&
    last !== undefined &&
    spanOf(last).start === written.length - "### Non-goals\n".length
  );
}
