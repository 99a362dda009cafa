import { distance } from "../../domain/text/nearest.ts";
import { foldLookalikes } from "../visible/fold-lookalikes.ts";
import { type Field, fields, headingsOf, type Meaning, meaningsOf, plainHeading } from "./fields.ts";
import { isNoResponse } from "./is-none.ts";

/** How a line that is no heading of Markdown, or none that is read, may be written as one. */
export type Form = "hash" | "bold" | "italic" | "jira" | "underlined" | "words" | "label";

/** A line that may be meant as a heading; `rest` stood behind it on the same line. */
export type Candidate = { title: string; rest: string; form: Form; meanings: Meaning[]; isMarked: boolean };

/** The longest line that could be meant as a heading. */
const longest = 100;

/** What a line is as a heading, if it can be one; the line after it may underline it. */
export function candidateOf(line: string, { before = "", after = "" }): Candidate | undefined {
  const lone = line.length <= longest ? loneOf(line, { before, after }) : undefined;
  const found = lone ?? labelOf(line);
  if (!found) return undefined;
  return { ...found, meanings: meaningsOf(found.title), isMarked: /^\s*[#*_]/.test(line) };
}

type WrittenForm = Omit<Candidate, "meanings" | "isMarked">;

const alone: [Form, RegExp][] = [
  ["hash", /^ {0,3}#{1,6}\s*(?<title>[^#\s].*?)(?:\s#*)?\s*$/],
  ["bold", /^\s*(?:\*\*|__)(?<title>[^*_]+)(?:\*\*|__)\s*:?\s*$/],
  ["italic", /^\s*(?:\*|_)(?<title>[^*_\s][^*_]*)(?:\*|_)\s*:?\s*$/],
  ["jira", /^h[1-6]\.\s+(?<title>\S.*?)\s*$/],
];

function loneOf(line: string, { before, after }: { before: string; after: string }): WrittenForm | undefined {
  for (const [form, pattern] of alone) {
    const title = pattern.exec(line)?.groups?.title;
    if (title !== undefined && !isNoResponse(title)) return { title, rest: "", form };
  }
  const isText = /^ {0,3}[^\s\-*+>|#=`~\d]/.test(line);
  if (isText && before.trim() === "" && isUnderline(after))
    return { title: line.trim(), rest: "", form: "underlined" };
  const isNamed = /^\s*\p{L}/u.test(line) && meaningsOf(line).length > 0;
  return isNamed ? { title: line.trim(), rest: "", form: "words" } : undefined;
}

/** The line below a heading of the old kind. */
export function isUnderline(line: string): boolean {
  return /^ {0,3}(?:={2,}|-{2,})\s*$/.test(line);
}

/** `**Goal:** some words` and `Goal: some words`. */
function labelOf(line: string): WrittenForm | undefined {
  const head = line.slice(0, longest);
  const bold =
    /^(?<mark>\*\*|__|\*)(?<title>[^*_:]{2,60})(?::(?:\*\*|__|\*)|(?:\*\*|__|\*)\s*:)\s*(?=\S)/.exec(head);
  const found = bold ?? /^(?<title>\p{L}[\p{L}' -]{1,40}):\s+(?=\S)/u.exec(head);
  const { title } = found?.groups ?? {};
  return found && title !== undefined
    ? { title, rest: line.slice(found[0].length), form: "label" }
    : undefined;
}

/** The field whose name is written nearly right, or in letters that look right; of a short name one stroke makes another word. */
export function nearField({ title, form }: Candidate, wanted: Field[]): Field | undefined {
  if (form !== "hash") return undefined;
  const given = plainHeading(foldLookalikes(title));
  return wanted.find((field) =>
    headingsOf(field).some((name) => {
      if (given === name) return true;
      const most = name.length >= 12 ? 2 : fields[field].needed || name.length >= 6 ? 1 : 0;
      return distance(given, name) <= most;
    }),
  );
}
