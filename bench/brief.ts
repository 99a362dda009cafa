import { parseBrief } from "../src/brief/parse-brief.ts";
import { cleanHiddenText } from "../src/brief/visible/clean-hidden-text.ts";
import { worstTexts } from "../test/fixtures/worst-texts.ts";
import { round, spread, timed } from "./timed.ts";

const kib = 1024;

/** The most that twice the text may cost (issue 3). */
const bar = 2.5;

/**
 * What the worst texts cost to be read, and how that grows with their length: from 128 to 256 KiB, which is beyond what
 * GitHub takes and is refused for its length, and up to the longest that is read at all.
 */
export function benchBrief(): void {
  const rows = worstTexts.flatMap((pattern) => {
    const longest = longestRead(pattern);
    return [
      growth(pattern, 128 * kib),
      ...(longest === undefined ? [] : [growth(pattern, Math.floor(longest / 2))]),
    ];
  });
  console.table(rows.toSorted((a, b) => b.ratio - a.ratio));
}

/** The longest text of repeated pieces that is not refused unread, in characters. */
function longestRead(pattern: string): number | undefined {
  const sizes = [62_000, 31_000, 15_000, 7_000, 3_000, 1_000, 400];
  return sizes.find((size) => cleanHiddenText(textOf(pattern, size)).tangle === undefined);
}

function textOf(pattern: string, size: number): string {
  return `### Goal\n\n${pattern.repeat(size / pattern.length)}`;
}

function growth(pattern: string, size: number) {
  const [once, twice] = [textOf(pattern, size), textOf(pattern, 2 * size)];
  const [half = [], whole = []] = timed([() => parseBrief(once), () => parseBrief(twice)], 9);
  const ratio = median(whole) / median(half);
  return {
    text: JSON.stringify(pattern),
    characters: twice.length,
    "half, ms": round(median(half)),
    "whole, ms": round(median(whole)),
    ratio: round(ratio),
    spread: round(spread(whole)),
    within: ratio <= bar,
  };
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
