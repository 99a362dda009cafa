import { templateWords } from "./template-words.ts";

const untouched = new Set(templateWords);
const fence = /^ {0,3}(?<marks>`{3,}|~{3,})\s*(?<info>[\w.+-]*)\s*$/;

/** How many lines at the top are looked at for a fence around everything. */
const topLines = 20;

/** Jira's block of code, which its exports keep. */
const jiraFence = /^\s*\{(?:code|noformat)(?::[^{}\n]*)?\}\s*$/;

function mendJira(lines: string[]): void {
  const fences = lines.flatMap((line, index) => (jiraFence.test(line) ? [index] : []));
  if (fences.length % 2 !== 0 || lines.some((line) => /^ {0,3}(?:```|~~~)/.test(line))) return;
  for (const index of fences) lines[index] = "```";
}

function dropTemplateWords(lines: string[]): void {
  for (const [index, line] of lines.entries()) if (untouched.has(line.trim())) lines[index] = "";
}

/**
 * Two fences too many, emptied so that lines keep their numbers: one around the whole text, as when a proposed brief is
 * copied with it, and one that somebody typed into the form's field for the command, which GitHub puts into a fence
 * itself. Left as it is, the inner one would end the outer and turn all that follows into code.
 */
export function mendFences(text: string): string {
  const lines = text.split("\n");
  unwrapWhole(lines);
  unwrapInner(lines);
  mendJira(lines);
  dropTemplateWords(lines);
  return lines.join("\n");
}

function unwrapWhole(lines: string[]): void {
  const first = lines.slice(0, topLines).findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  const open = fence.exec(lines[first] ?? "")?.groups;
  const close = fence.exec(lines[last] ?? "")?.groups;
  if (!open?.marks || !close?.marks || first === last || close.info !== "") return;
  if (!/^(?:markdown|md)$/i.test(open.info ?? "") || !close.marks.startsWith(open.marks)) return;
  const marks = open.marks;
  if (lines.slice(first + 1, last).some((line) => line.trim().startsWith(marks))) return;
  lines[first] = "";
  lines[last] = "";
}

/** The form's fence, the typed one, and then both their ends, with nothing but blank lines between each two. */
function unwrapInner(lines: string[]): void {
  for (let at = 0; at < lines.length; at++) {
    if (fence.exec(lines[at] ?? "")?.groups?.info !== "shell") continue;
    const inner = nextFilled(lines, at);
    const marks = fence.exec(lines[inner] ?? "")?.groups?.marks;
    if (marks === undefined) return;
    const innerEnd = lines.findIndex((line, index) => index > inner && line.trim() === marks);
    const end = nextFilled(lines, innerEnd);
    if (innerEnd < 0 || lines[end]?.trim() !== lines[at]?.trim().slice(0, -"shell".length).trim()) return;
    lines[at] = "";
    lines[end] = "";
    return;
  }
}

function nextFilled(lines: string[], from: number): number {
  return lines.findIndex((line, index) => index > from && line.trim() !== "");
}
