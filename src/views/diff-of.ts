import { structuredPatch } from "diff";
import type { FileText } from "../domain/evidence/change.ts";
import type { Check, Finding } from "../domain/evidence/evidence.ts";
import { shownLine, shownText } from "./shown-text.ts";
import { checkSayings, type Saying } from "./tones.ts";

/** Something that a check found, as it stands at a line or a file. */
export type Note = { check: string; saying: Saying; message: string };

/** A line of a diff with its numbers on both sides; null where that side has none. */
export type DiffLine = {
  kind: "added" | "removed" | "same";
  before: number | null;
  after: number | null;
  text: string;
  notes: Note[];
};

/** What changed in one file. `left` says why its lines are not shown, where they are not. */
export type FileDiff = {
  path: string;
  from: string | undefined;
  hunks: DiffLine[][];
  added: number;
  removed: number;
  notes: Note[];
  left: string | undefined;
};

/** Bounds that keep a page small enough to read: lines of a file, letters of a line, milliseconds of comparing. */
const most = { lines: 600, lineLetters: 500, compareMs: 200, fileLetters: 400_000 };

/** What changed in a file, with what the checks found at its lines. Findings at lines that are not shown stand above. */
export function diffOf({ file, before, after }: FileText, checks: Check[]): FileDiff {
  const notes = notesOn(file.path, checks);
  const parts = { path: shownLine(file.path, 400), from: file.from && shownLine(file.from, 400) };
  const nothing = { ...parts, hunks: [], added: file.lines?.added ?? 0, removed: file.lines?.removed ?? 0 };
  const texts = [before ?? "", after ?? ""] as const;
  if ((file.before && before === undefined) || (file.after && after === undefined))
    return {
      ...nothing,
      notes: notes.map(({ note }) => note),
      left: "It is no text, or too long to be shown.",
    };
  if (texts[0].length + texts[1].length > most.fileLetters)
    return { ...nothing, notes: notes.map(({ note }) => note), left: "It is too long to be shown here." };
  const patch = structuredPatch("", "", ...texts, undefined, undefined, {
    context: 3,
    timeout: most.compareMs,
  });
  if (!patch)
    return {
      ...nothing,
      notes: notes.map(({ note }) => note),
      left: "It changed too much to be compared here.",
    };
  const hunks = attachNotes(patch.hunks.map(numberedLines), notes);
  const shownAt = new Set(
    hunks.flat().flatMap(({ after: line, notes: here }) => (here.length > 0 ? [line] : [])),
  );
  const lines = hunks.flat();
  return {
    ...parts,
    hunks: firstLines(hunks),
    added: lines.filter(({ kind }) => kind === "added").length,
    removed: lines.filter(({ kind }) => kind === "removed").length,
    notes: notes.filter(({ line }) => line === undefined || !shownAt.has(line)).map(({ note }) => note),
    left:
      lines.length > most.lines ? `${lines.length - most.lines} more lines are not shown here.` : undefined,
  };
}

type PlacedNote = { line: number | undefined; note: Note };

function notesOn(path: string, checks: Check[]): PlacedNote[] {
  return checks
    .filter(({ name, status }) => name !== "criteria" && status !== "pass")
    .flatMap((check) => check.findings.filter((one) => one.path === path).map((one) => noteOf(check, one)));
}

function noteOf({ name, status }: Check, { line, message }: Finding): PlacedNote {
  return { line, note: { check: name, saying: checkSayings[status], message: shownLine(message, 400) } };
}

function numberedLines(hunk: { oldStart: number; newStart: number; lines: string[] }): DiffLine[] {
  const at = { before: hunk.oldStart, after: hunk.newStart };
  return hunk.lines.flatMap((line): DiffLine[] => {
    const text = shownLineOf(line.slice(1));
    if (line.startsWith("+")) return [{ kind: "added", before: null, after: at.after++, text, notes: [] }];
    if (line.startsWith("-")) return [{ kind: "removed", before: at.before++, after: null, text, notes: [] }];
    if (line.startsWith("\\")) return [];
    return [{ kind: "same", before: at.before++, after: at.after++, text, notes: [] }];
  });
}

function shownLineOf(text: string): string {
  const shown = shownText(text);
  return shown.length > most.lineLetters ? `${shown.slice(0, most.lineLetters)}…` : shown;
}

function attachNotes(hunks: DiffLine[][], notes: PlacedNote[]): DiffLine[][] {
  return hunks.map((hunk) =>
    hunk.map((line) => ({
      ...line,
      notes: notes.filter((one) => line.after !== null && one.line === line.after).map(({ note }) => note),
    })),
  );
}

function firstLines(hunks: DiffLine[][]): DiffLine[][] {
  const left = { lines: most.lines };
  return hunks.flatMap((hunk) => {
    const part = hunk.slice(0, Math.max(0, left.lines));
    left.lines -= part.length;
    return part.length > 0 ? [part] : [];
  });
}
