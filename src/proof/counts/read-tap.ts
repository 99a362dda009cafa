import { totalOf } from "../../domain/evidence/describe-tests.ts";
import { sumTallies, type Tally } from "./sum-tallies.ts";

/** One level of a stream: its own points, and what they and those of its subtests came to. */
type TapLevel = { plan?: number; points: number; tally: Tally };

/** A stream as far as it was read, the innermost level last; `broken` where it cannot be one. */
type Stream = { levels: TapLevel[]; told: Tally; isTold: boolean; yaml?: string; broken?: true };

/** A longer line is no point of any test; what it would be counted for is then missing in the plan. */
const longestLine = 1_000;

const version = /^TAP version \d+$/;
const yamlBegin = /^(?<indent> +)---$/;
const planLine = /^(?<indent> *)1\.\.(?<count>\d{1,9})(?: *#.*)?$/;
const pointLine = /^(?<indent> *)(?<bad>not )?ok(?= |$)(?<rest>.*)$/;
const directive = /(?<!\\)# *(?:skip\w*|todo)\b/i;

/**
 * Counts the tests of TAP 12, 13 or 14 among the other lines of a text; of subtests the innermost count. Each level must
 * have a plan that its points agree with, and nobody may have bailed out: else there are no counts. What libraries for TAP
 * read besides, above all YAML by types of their own, is nothing that is wanted here of hostile text.
 */
export function readTap(text: string): Tally | undefined {
  const stream: Stream = { levels: [emptyLevel()], told: noTests(), isTold: false };
  for (const line of eachLine(text)) {
    if (stream.broken) return undefined;
    readTapLine(stream, line);
  }
  endStream(stream);
  return stream.broken || !stream.isTold ? undefined : stream.told;
}

function readTapLine(stream: Stream, line: string): void {
  if (stream.yaml !== undefined) {
    if (line === `${stream.yaml}...`) delete stream.yaml;
    return;
  }
  const plan = planLine.exec(line)?.groups;
  const point = pointLine.exec(line)?.groups;
  const yaml = yamlBegin.exec(line)?.groups?.indent;
  if (plan) addPlan(levelAt(stream, plan.indent), Number(plan.count), stream);
  else if (point) addPoint(stream, point);
  else if (yaml !== undefined && stream.levels.some(({ points }) => points > 0)) stream.yaml = yaml;
  else if (version.test(line) && isBegun(stream)) endStream(stream);
  else if (/^ *Bail out!/.test(line)) stream.broken = true;
}

/** The level of an indent, opened if it is the next; undefined for lines that are indented for another reason. */
function levelAt({ levels }: Stream, indent = ""): TapLevel | undefined {
  const depth = indent.length / 4;
  if (depth === levels.length) levels.push(emptyLevel());
  return levels[depth];
}

function addPlan(level: TapLevel | undefined, plan: number, stream: Stream): void {
  if (level?.plan !== undefined) stream.broken = true;
  else if (level) level.plan = plan;
}

/** A point behind a subtest closes it: it counts itself only where it says more than what is inside. */
function addPoint(stream: Stream, { indent, bad, rest = "" }: Record<string, string | undefined>): void {
  const level = levelAt(stream, indent);
  if (!level) return;
  const depth = stream.levels.indexOf(level);
  const inside = stream.levels.splice(depth + 1);
  if (!inside.every(isComplete) || inside.length > 1) stream.broken = true;
  const isExcused = directive.test(rest);
  const tally = inside[0]?.tally ?? noTests();
  const isFailed = bad !== undefined && !isExcused && tally.failed === 0;
  const isLeaf = totalOf(tally) === 0;
  level.points += 1;
  level.tally = sumTallies([
    level.tally,
    isExcused ? { ...tally, failed: 0, skipped: tally.skipped + tally.failed } : tally,
    {
      passed: isLeaf && !bad && !isExcused ? 1 : 0,
      failed: isFailed ? 1 : 0,
      skipped: isLeaf && isExcused ? 1 : 0,
    },
  ]);
}

/** Several programs one after the other write several streams into one log. */
function endStream(stream: Stream): void {
  const [level, ...inside] = stream.levels;
  if (!level || !isBegun(stream)) return;
  if (inside.length > 0 || !isComplete(level)) stream.broken = true;
  stream.told = sumTallies([stream.told, level.tally]);
  stream.isTold = true;
  stream.levels = [emptyLevel()];
}

function isBegun({ levels }: Stream): boolean {
  return levels.length > 1 || levels[0]?.plan !== undefined || (levels[0]?.points ?? 0) > 0;
}

function isComplete({ plan, points }: TapLevel): boolean {
  return plan === points;
}

function emptyLevel(): TapLevel {
  return { points: 0, tally: noTests() };
}

function noTests(): Tally {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** One line after the other: a list of all of them would be many times the text. */
function* eachLine(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found;
    if (end - at <= longestLine) yield text.slice(at, end).trimEnd();
    at = end + 1;
  }
}
