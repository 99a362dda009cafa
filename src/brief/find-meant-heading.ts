import { distance } from "../domain/nearest.ts";
import { type Field, fieldOf, fields, headingsOf, plainHeading } from "./fields.ts";
import { foldLookalikes } from "./fold-lookalikes.ts";

/** A line that was meant as the heading of a field and is none; `rest` stood behind it on the same line. */
export type Meant = { field: Field; found: string; rest: string };

/** The longest line that could be meant as a heading. */
const longest = 60;

type Candidate = { label: string; rest: string; form: "hash" | "bold" | "words" | "label" };

/** Which of the fields that are still to be found a line was meant as the heading of. */
export function findMeantHeading(line: string, wanted: Field[]): Meant | undefined {
  const candidate = candidateOf(line);
  if (!candidate) return undefined;
  const { label, rest } = candidate;
  const exact = fieldOf(label);
  const field = wanted.find((name) => (exact ? name === exact : isNear(name, candidate)));
  if (field === undefined || (!fields[field].needed && !isMarked(candidate, line))) return undefined;
  return { field, rest, found: rest === "" ? line.trim() : line.slice(0, line.length - rest.length).trim() };
}

function candidateOf(line: string): Candidate | undefined {
  if (line.length <= longest) {
    const { hashed } = /^ {0,3}#{1,6}\s*(?<hashed>[^#\s].*?)(?:\s#*)?\s*$/.exec(line)?.groups ?? {};
    if (hashed !== undefined) return { label: hashed, rest: "", form: "hash" };
    const { bold } = /^\s*(?:\*\*|__)(?<bold>[^*_]+)(?:\*\*|__)\s*:?\s*$/.exec(line)?.groups ?? {};
    if (bold !== undefined) return { label: bold, rest: "", form: "bold" };
    if (/^[\s#*_]*[A-Z]/.test(line) && fieldOf(line)) return { label: line, rest: "", form: "words" };
  }
  return labelOf(line);
}

/** `**Goal:** some words` and `Goal: some words`. */
function labelOf(line: string): Candidate | undefined {
  const head = line.slice(0, longest);
  const bold = /^(?:\*\*|__)(?<label>[^*_:]{3,40})(?::(?:\*\*|__)|(?:\*\*|__)\s*:)\s*(?=\S)/.exec(head);
  if (bold?.groups?.label)
    return { label: bold.groups.label, rest: line.slice(bold[0].length), form: "bold" };
  const plain = /^(?<label>[A-Z][A-Za-z -]{2,40}):\s+(?=\S)/.exec(head);
  return plain?.groups?.label
    ? { label: plain.groups.label, rest: line.slice(plain[0].length), form: "label" }
    : undefined;
}

/** Words alone may be meant as words; a field that nobody needs is only looked for where the line is marked. */
function isMarked({ form }: Candidate, line: string): boolean {
  return form === "hash" || (form === "bold" && /^[*_]/.test(line));
}

/** A heading that is written nearly right, or in letters that look right; of a short name one stroke makes another word. */
function isNear(field: Field, { label, form }: Candidate): boolean {
  if (form !== "hash") return false;
  const given = plainHeading(foldLookalikes(label));
  return headingsOf(field).some((name) => {
    if (given === name) return true;
    const most = name.length >= 12 ? 2 : fields[field].needed || name.length >= 6 ? 1 : 0;
    return distance(given, name) <= most;
  });
}
