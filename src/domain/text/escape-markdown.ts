import { oneLine } from "./one-line.ts";
/** Code points that leave no ink: default-ignorable, format, control, unpaired surrogates and the blank Braille cell. */
export const inkless = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\u2800]|(?![\n\t])\p{Cc}/u;

const everyInkless = new RegExp(inkless.source, "gu");

/** What GitHub would link, and thereby notify or close: mentions, addresses, issue numbers. */
const linked = /@\S|(?:#|GH-)\d|:\/\/|www\.|(?:mailto|xmpp):/iu;

/** Text of others as one line of Markdown that shows exactly that text: no mention, link, closing keyword, HTML or image. */
export function escapeMarkdown(text: string): string {
  return splitCode(showInkless(oneLine(text)))
    .map((piece) => (piece.code ? inlineCode(piece.text) : escapeProse(piece.text)))
    .reduce(joinApart, "")
    .trimStart()
    .replace(/^(?<digits>\d+)(?=[.)])/, "$<digits>\\")
    .replace(/^(?=[#+\-=/])/, "\\");
}

/** The same for a cell of a table, where a bar would end the cell even inside code. */
export function escapeCell(text: string): string {
  return escapeMarkdown(text).replaceAll("\\|", "|").replaceAll("|", "\\|");
}

/** Text as inline code, behind a fence longer than any inside. */
export function inlineCode(text: string): string {
  const line = showInkless(oneLine(text));
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line, /`+/g) + 1);
  const pad = /^`|`$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text of several lines as a block of code, behind a fence longer than any inside. */
export function codeBlock(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(2, longestRun(text, /`+/g)) + 1);
  return `${fence}${language}\n${showInkless(text.replace(/\r\n?/g, "\n"))}\n${fence}`;
}

/** Inkless code points made visible by their numbers, emoji left whole. */
export function showInkless(text: string): string {
  return text.replace(everyInkless, (char, at: number) =>
    isPartOfEmoji(text, at) ? char : `[U+${hex(char.codePointAt(0) ?? 0)}]`,
  );
}

/** Inkless code points of a JSON text written by their numbers, as JSON has it: the value stays the same. */
export function escapeInkless(json: string): string {
  const unit = (at: number, char: string): string =>
    `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return json.replace(everyInkless, (char) =>
    [...char.split("").keys()].map((at) => unit(at, char)).join(""),
  );
}

/** Whether the joiner or the variation selector at this place only shapes an emoji. */
export function isPartOfEmoji(text: string, at: number): boolean {
  if (text[at] !== "\u200d" && text[at] !== "\ufe0f") return false;
  const before = text.slice(Math.max(0, at - 3), at);
  const after = text.slice(at + 1, at + 3);
  if (text[at] === "\u200d")
    return (
      /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u.test(before) &&
      /^\p{Extended_Pictographic}/u.test(after)
    );
  return /\p{Extended_Pictographic}$/u.test(before) || (/[\d#*]$/.test(before) && after.startsWith("\u20e3"));
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}

function longestRun(text: string, run: RegExp): number {
  return Math.max(0, ...(text.match(run) ?? []).map((found) => found.length));
}

function escapeProse(text: string): string {
  return text.replace(/[^\s()[\]]+|[()[\]]+/g, (word) =>
    linked.test(word) ? escapeLinked(word) : backslash(word),
  );
}

/** A linked word goes into code, which GitHub never links; the punctuation around it stays outside. */
function escapeLinked(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && "\"'{*_,".includes(word[start] ?? "")) start++;
  while (end > start && ")\"'\\]}*_,.;:!?".includes(word[end - 1] ?? "")) end--;
  return backslash(word.slice(0, start)) + inlineCode(word.slice(start, end)) + backslash(word.slice(end));
}

/** Two pieces of code that touch would melt into one: a space keeps them apart. */
function joinApart(before: string, next: string): string {
  const touching = next.startsWith("`") && /(?<!\\)`$/.test(before);
  return `${before}${touching ? " " : ""}${next}`;
}

function backslash(text: string): string {
  return text.replace(/[\\`*_[\]<>&~|$!]/g, "\\$&");
}

/** Code spans as CommonMark finds them: a run of backticks is closed by the next run of the same length. */
function splitCode(text: string): { text: string; code: boolean }[] {
  const runs = [...text.matchAll(/`+/g)];
  const closers = closersOf(runs.map((run) => run[0].length));
  const pieces: { text: string; code: boolean }[] = [];
  let done = 0;
  for (const [index, run] of runs.entries()) {
    const closer = runs[closers[index] ?? -1];
    if (run.index < done || !closer) continue;
    const inside = text.slice(run.index + run[0].length, closer.index);
    // Nothing is left of a blank span, and what stood apart on its sides would become one: `@` and a name, say.
    if (inside.trim() === "") continue;
    pieces.push({ text: text.slice(done, run.index), code: false });
    pieces.push({ text: inside, code: true });
    done = closer.index + closer[0].length;
  }
  return [...pieces, { text: text.slice(done), code: false }];
}

function closersOf(lengths: number[]): (number | undefined)[] {
  const next = new Map<number, number>();
  const closers: (number | undefined)[] = [];
  for (let index = lengths.length - 1; index >= 0; index--) {
    const length = lengths[index] ?? 0;
    closers[index] = next.get(length);
    next.set(length, index);
  }
  return closers;
}
