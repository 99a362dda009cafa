import { type Exit, keptBytes } from "../../domain/evidence/exit.ts";
import type { TestCounts } from "../../domain/evidence/test-counts.ts";
import { readTap } from "./read-tap.ts";
import { remarks, summaries } from "./runner-summaries.ts";
import { type ToldCounts, toldInLines } from "./runners-in-lines.ts";
import { streamsIn } from "./streams-in.ts";
import { sumTallies } from "./sum-tallies.ts";

/** No summary of a runner is longer, in characters; what is longer is not looked at. */
const longestLine = 300;

/** What the log of a run says about its tests; undefined where no runner's summary is recognised: it is never guessed. */
export function readCounts({ log, endedBy }: Exit): TestCounts | undefined {
  // The text is shorter than the output where that was coloured.
  const whole = log.bytes <= keptBytes;
  const text = whole ? log.head : log.tail;
  const told = [text, ...streamsIn(text, isToldLine)].flatMap((stream) => toldIn(stream, whole));
  if (told.length === 0) return undefined;
  const names = [...new Set(told.map(({ runner }) => runner))];
  return {
    ...sumTallies(told.map(({ tally }) => tally)),
    whole: whole && endedBy === "itself",
    source: { kind: "log", names },
  };
}

/** One runner, or several one after the other, wrote this. */
function toldIn(text: string, whole: boolean): ToldCounts[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && line.length <= longestLine);
  const told = withTap(lines.flatMap(toldBy), whole ? text : "");
  const isGoTold = told.some(({ runner }) => runner === "gotestsum");
  return [...told, ...toldInLines(lines, whole).filter(({ runner }) => runner !== "go" || !isGoTold)];
}

function isToldLine(line: string): boolean {
  return line.length <= longestLine && toldBy(line).length > 0;
}

function toldBy(line: string): ToldCounts[] {
  const trimmed = line.trimEnd();
  const summary = summaries.find((candidate) => candidate.line.test(trimmed));
  if (!summary) return [];
  const groups = summary.line.exec(trimmed)?.groups ?? {};
  return [{ runner: summary.runner, tally: summary.tally(groups, trimmed) }];
}

/**
 * The points of TAP are counted where all of them are there; the remarks at its end are a second telling of the same, in
 * which ava counts what is to do as failed and tape as passed.
 */
function withTap(told: ToldCounts[], text: string): ToldCounts[] {
  const points = readTap(text);
  const others = told.filter(({ runner }) => runner !== remarks);
  if (points) return others.length > 0 ? others : [{ runner: "TAP", tally: points }];
  return told;
}
