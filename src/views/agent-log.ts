import { z } from "zod";
import { parseJson } from "../domain/text/parse-json.ts";
import { shownLine, shownText } from "./shown-text.ts";

/** One thing that an agent said or did. `text` may have several lines. */
export type AgentLogEntry = { kind: string; text: string };

/** The end of an agent's own log, and how many entries stand before it. */
export type AgentLog = { entries: AgentLogEntry[]; before: number };

const Entry = z.object({ kind: z.string(), text: z.string() });

/** How many entries are shown, and how many letters of one. */
const most = { entries: 200, letters: 2_000 };

/** Reads an agent's timeline, JSON a line; lines that are none are left out. What it says is quoted, never a fact. */
export function agentLogOf(jsonl: string): AgentLog {
  const lines = jsonl.split("\n").filter((line) => line !== "");
  const entries = lines.slice(-most.entries).flatMap((line) => {
    const entry = Entry.safeParse(parseJson(line)).data;
    return entry ? [shownEntry(entry)] : [];
  });
  return { entries, before: Math.max(0, lines.length - most.entries) };
}

/** An entry as a page may show it. */
export function shownEntry({ kind, text }: AgentLogEntry): AgentLogEntry {
  return { kind: shownLine(kind, 40), text: shownText(text.slice(0, most.letters)) };
}
