import type { HistoryLine } from "../domain/task/task.ts";
import { plural } from "../domain/text/plural.ts";
import { shownLine } from "./shown-text.ts";
import { durationInWords } from "./times.ts";

/** One line of a task's history as a step that took a while: from the line before to its own. */
export type TimelineStep = {
  at: string;
  what: string;
  by: string | null;
  /** What the history says of it, a few words each. */
  details: string[];
  /** Milliseconds since the step before; null for the first of all. */
  tookMs: number | null;
  /** Where its bar begins and how long it is, as parts of its stretch, from 0 to 1. */
  from: number;
  part: number;
};

/** Steps that follow one another under one heading: before the work, an attempt, or what people did in between. */
export type TimelineStretch = { heading: string; steps: TimelineStep[]; totalMs: number };

/** More steps than these help nobody; the last ones are what somebody looks for. */
const mostSteps = 400;

/** What is said of nothing but itself: the heading has the attempt, and hashes are in the files. */
const leftOut = new Set([
  ...["attempt", "evidenceSha256", "questionsSha256", "signedBy"],
  ...["delivery", "briefSha256", "comment", "byId"],
]);

/** What Drafthorse did so soon after a step belongs to it, in milliseconds. */
const togetherMs = 60_000;

/** The history of a task, told in stretches; each bar is drawn to the scale of its own stretch. */
export function timelineOf(history: HistoryLine[]): TimelineStretch[] {
  const shown = history.slice(-mostSteps);
  const stretches: { heading: string; lines: PlacedLine[] }[] = [];
  for (const [at, line] of shown.entries()) {
    const entry = { line, since: shown[at - 1]?.at };
    const heading = sectionHeading(entry, stretches.at(-1)?.heading);
    if (stretches.at(-1)?.heading === heading) stretches.at(-1)?.lines.push(entry);
    else stretches.push({ heading, lines: [entry] });
  }
  return stretches.map(({ heading, lines }) => stretchOf(heading, lines));
}

type PlacedLine = { line: HistoryLine; since: string | undefined };

/** Lines of no attempt belong to the one before where Drafthorse wrote them at once; else people come between. */
function sectionHeading({ line, since }: PlacedLine, before: string | undefined): string {
  const { attempt } = line.details;
  if (typeof attempt === "number") return attempt === 1 ? "Attempt 1" : "Attempt 2, the correction";
  if (before === undefined || before === beginning) return beginning;
  const isAtOnce = since !== undefined && Date.parse(line.at) - Date.parse(since) <= togetherMs;
  return line.by === null && isAtOnce ? before : "Between people and Drafthorse";
}

const beginning = "Before the work";

function stretchOf(heading: string, lines: PlacedLine[]): TimelineStretch {
  const took = lines.map(({ line, since }) =>
    since === undefined ? null : Math.max(0, Date.parse(line.at) - Date.parse(since)),
  );
  // What passed before a stretch began is waiting, and would leave no room for what was done in it.
  const bars = took.map((ms, at) => (at === 0 ? 0 : (ms ?? 0)));
  const totalMs = bars.reduce((sum, ms) => sum + ms, 0);
  const steps = lines.map(({ line }, at) => ({
    ...{ at: line.at, what: shownLine(line.what), by: line.by === null ? null : shownLine(line.by) },
    ...{ details: detailsOf(line.details), tookMs: took[at] ?? null },
    from: totalMs === 0 ? 0 : bars.slice(0, at).reduce((sum, ms) => sum + ms, 0) / totalMs,
    part: totalMs === 0 ? 0 : (bars[at] ?? 0) / totalMs,
  }));
  return { heading, steps, totalMs };
}

function detailsOf(details: Record<string, unknown>): string[] {
  const words = Object.entries(details)
    .filter(([name, value]) => !leftOut.has(name) && value !== null && value !== undefined && value !== "")
    .flatMap(([name, value]) => describeDetail(name, value).split(" · "))
    .filter((one) => one !== "");
  // Who was asked to review is often who was assigned too.
  return [...new Set(words)];
}

/** The details whose name and value make words of their own. */
const ownWords: Record<string, (value: number) => string> = {
  costUsd: (usd) => `$${usd.toFixed(2)}`,
  durationMs: (ms) => durationInWords(ms),
  files: (count) => plural(count, "file"),
  turns: (count) => plural(count, "turn"),
  pullRequest: (number) => `#${number}`,
  asked: (count) => plural(count, "question"),
};

function describeDetail(name: string, value: unknown): string {
  const own = Object.hasOwn(ownWords, name) ? ownWords[name] : undefined;
  if (own && typeof value === "number") return own(value);
  if (typeof value === "object" && value !== null) return describeParts(value);
  return shownLine(`${name} ${shortIds(value)}`, 200);
}

/** The parts of a commit, an agent and their like speak for themselves; of numbers only those do that have words. */
function describeParts(parts: object): string {
  const words = Object.entries(parts).flatMap(([name, part]) => {
    const own = Object.hasOwn(ownWords, name) ? ownWords[name] : undefined;
    if (own && typeof part === "number") return [own(part)];
    return typeof part === "string" && part !== "" && !leftOut.has(name) && name !== "tree"
      ? [shownLine(shortIds(part), 80)]
      : [];
  });
  return [...new Set(words)].join(" · ");
}

/** Of an object's id people compare the beginning. */
function shortIds(value: unknown): string {
  return String(value).replace(/\b[0-9a-f]{40,64}\b/g, (id) => id.slice(0, 8));
}
