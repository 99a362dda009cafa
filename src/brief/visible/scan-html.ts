import type { Replacement } from "./apply-edits.ts";
import { editTag, hidesContent, isRawText, isVoid } from "./edit-tag.ts";
import { scanTag, type Tag } from "./scan-tag.ts";

/** A span of the text that GitHub hands to the browser as HTML. */
export type Piece = { start: number; end: number };

/** What the browser would be in the middle of when a piece ends. */
type OpenMarkup =
  | { in: "text" }
  | { in: "comment"; from: number }
  | { in: "element"; from: number; name: string; depth: number; comment: boolean };

type Scan = { text: string; edits: Replacement[]; open: OpenMarkup; collapsed: boolean[] };

/** What a browser would not show of the pieces, and of all that lies between them when one leaves something open. */
export function scanHtml(text: string, pieces: Piece[]): Replacement[] {
  const scan: Scan = { text, edits: [], open: { in: "text" }, collapsed: [] };
  for (const piece of pieces) {
    let at = piece.start;
    while (at < piece.end) at = readNextToken(scan, { start: at, end: piece.end });
  }
  if (scan.open.in !== "text") hideRest(scan, scan.open.from);
  return scan.edits;
}

/** Reads one token of a piece and says where the next begins. */
function readNextToken(scan: Scan, piece: Piece): number {
  if (scan.open.in === "comment") return leaveComment(scan, piece);
  if (scan.open.in === "element") return stepInside(scan, piece);
  const at = indexWithin(scan.text, "<", piece);
  if (at === undefined) return piece.end;
  const token = readToken(scan.text, { start: at, end: piece.end });
  switch (token.is) {
    case "text":
      return at + 1;
    case "comment":
      scan.open = { in: "comment", from: at };
      return token.end;
    case "declaration":
      scan.edits.push({ start: at, end: token.end, put: "", kind: "declaration" });
      return token.end;
    case "unclosed":
      return hideRest(scan, at);
    case "tag":
      return takeTag(scan, token.tag);
  }
}

function takeTag(scan: Scan, tag: Tag): number {
  if (!tag.closing && hidesContent(tag) && !isVoid(tag))
    scan.open = { in: "element", from: tag.start, name: tag.name, depth: 1, comment: false };
  else scan.edits.push(editTag(tag, { text: scan.text, collapsed: scan.collapsed }));
  return tag.end;
}

function leaveComment(scan: Scan, piece: Piece): number {
  const end = endOfComment(scan.text, piece);
  if (end === undefined || scan.open.in !== "comment") return piece.end;
  scan.edits.push({ start: scan.open.from, end, put: "", kind: "comment" });
  scan.open = { in: "text" };
  return end;
}

/** Within an element that hides its content only its own end matters, and comments that could fake it. */
function stepInside(scan: Scan, piece: Piece): number {
  const { open } = scan;
  if (open.in !== "element") return piece.end;
  if (open.comment) {
    const end = endOfComment(scan.text, piece);
    open.comment = end === undefined;
    return end ?? piece.end;
  }
  const at = indexWithin(scan.text, "<", piece);
  if (at === undefined) return piece.end;
  const token = readToken(scan.text, { start: at, end: piece.end });
  if (token.is === "comment" && !isRawText(open.name)) open.comment = true;
  if (token.is === "tag" && token.tag.name === open.name) return countNesting(scan, token.tag);
  return token.is === "tag" || token.is === "comment" ? token.end : at + 1;
}

function countNesting(scan: Scan, tag: Tag): number {
  const { open } = scan;
  if (open.in !== "element") return tag.end;
  if (tag.closing) open.depth--;
  else if (!isRawText(open.name)) open.depth++;
  if (open.depth > 0) return tag.end;
  scan.edits.push({ start: open.from, end: tag.end, put: "", kind: "hidden-element" });
  scan.open = { in: "text" };
  return tag.end;
}

/** What is never closed takes all that follows with it. */
function hideRest(scan: Scan, from: number): number {
  scan.edits.push({ start: from, end: scan.text.length, put: "", kind: "unclosed" });
  scan.open = { in: "text" };
  return scan.text.length;
}

type Token =
  | { is: "text" | "unclosed" }
  | { is: "comment" | "declaration"; end: number }
  | { is: "tag"; tag: Tag; end: number };

function readToken(text: string, { start, end }: Piece): Token {
  // `<!-->` and `<!--->` are whole comments: the end is looked for from within the opening.
  if (text.startsWith("<!--", start)) return { is: "comment", end: start + 2 };
  if (/^<(?:[!?]|\/[^a-zA-Z])/.test(text.slice(start, start + 3))) {
    const close = indexWithin(text, ">", { start, end });
    return close === undefined ? { is: "unclosed" } : { is: "declaration", end: close + 1 };
  }
  if (!/^<\/?[a-zA-Z]/.test(text.slice(start, start + 3))) return { is: "text" };
  const tag = scanTag(text, { start, end });
  return tag ? { is: "tag", tag, end: tag.end } : { is: "unclosed" };
}

function endOfComment(text: string, { start, end }: Piece): number | undefined {
  const close = /--!?>/.exec(text.slice(start, end));
  return close ? start + close.index + close[0].length : undefined;
}

function indexWithin(text: string, sign: string, { start, end }: Piece): number | undefined {
  const at = text.indexOf(sign, start);
  return at < 0 || at >= end ? undefined : at;
}
