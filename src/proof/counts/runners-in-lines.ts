import { totalOf } from "../../domain/evidence/describe-tests.ts";
import { number, ofTotal } from "./runner-summaries.ts";
import type { Tally } from "./sum-tallies.ts";

/** What a line, or a few of them, say of the tests, and in whose words. */
export type ToldCounts = { runner: string; tally: Tally };

/** How many lines bun's summary has at most above its last. */
const bunLines = 8;

/** What runners say that tell it on several lines; `whole`: no line is missing. */
export function toldInLines(lines: string[], whole: boolean): ToldCounts[] {
  return [playwright, unittest, uvu, bun, lab].flatMap((read) => read(lines)).concat(inPieces(lines, whole));
}

/** Playwright tells one number on each line, among the names of tests, and last how many passed and in what time. */
function playwright(lines: string[]): ToldCounts[] {
  const count = (pattern: RegExp) => lines.reduce((sum, line) => sum + number(pattern.exec(line)?.[1]), 0);
  if (!lines.some((line) => /^ {2}\d{1,9} passed \([\d.]+(?:ms|s|m|h)\)$/.test(line))) return [];
  const passed = count(/^ {2}(\d{1,9}) (?:passed \(.*|flaky)$/);
  const failed = count(/^ {2}(\d{1,9}) (?:failed|interrupted)$/);
  return [
    {
      runner: "playwright",
      tally: { passed, failed, skipped: count(/^ {2}(\d{1,9}) (?:skipped|did not run)$/) },
    },
  ];
}

/** Python's unittest tells the total on one line and the rest on a later one. */
function unittest(lines: string[]): ToldCounts[] {
  return lines.flatMap((line, index) => {
    const total = /^Ran (?<total>\d{1,9}) tests? in [\d.]+s$/.exec(line)?.groups?.total;
    const end = lines[index + 1] ?? "";
    const told = (word: string) => new RegExp(`[(,] ?${word}=(\\d{1,9})`).exec(end)?.[1];
    const [failures, errors, skipped] = [told("failures"), told("errors"), told("skipped")];
    const tally = ofTotal({ total, failures, errors, skipped });
    return total === undefined ? [] : [{ runner: "unittest", tally }];
  });
}

/** uvu tells the total of what ran on one line, and on the next two what passed of it and what it left out. */
function uvu(lines: string[]): ToldCounts[] {
  return lines.flatMap((line, index) => {
    const at = (offset: number, pattern: RegExp) => pattern.exec(lines[index + offset] ?? "")?.[1];
    const total = /^ {2}Total: {5}(\d{1,9})$/.exec(line)?.[1];
    const passed = at(1, /^ {2}Passed: {4}(\d{1,9})$/);
    const skipped = at(2, /^ {2}Skipped: {3}(\d{1,9})$/);
    if (total === undefined || passed === undefined || skipped === undefined) return [];
    const tally = {
      passed: number(passed),
      failed: number(total) - number(passed),
      skipped: number(skipped),
    };
    return [{ runner: "uvu", tally }];
  });
}

/** Runners that do not tell all of it in one place: only a whole log has all their lines. */
function inPieces(lines: string[], whole: boolean): ToldCounts[] {
  const told = ava(lines);
  const isTold = told.every(({ tally }) => tally.failed === 0);
  return [...(whole || isTold ? told : []), ...(whole ? [...goTest(lines), ...goJson(lines)] : [])];
}

/** ava ends with a line for each kind, but tells nothing of what passed where anything failed: those are lines above. */
function ava(lines: string[]): ToldCounts[] {
  const begins = lines.findLastIndex((line) =>
    /^ {2}\d{1,9} (?:tests?|hooks?) (?:passed|failed)$/.test(line),
  );
  if (begins < 0) return [];
  const told = (pattern: RegExp) =>
    lines.slice(Math.max(0, begins - 1)).reduce((sum, line) => sum + number(pattern.exec(line)?.[1]), 0);
  const failed = told(/^ {2}(\d{1,9}) (?:tests?|hooks?) failed$/);
  const skipped = told(/^ {2}(\d{1,9}) (?:known failures?|tests? (?:skipped|todo))$/);
  const ticks = lines.filter((line) => /^ {2}✔ (?!\[expected fail\])/.test(line)).length;
  const passed = failed > 0 ? ticks : told(/^ {2}(\d{1,9}) tests? passed$/);
  return [{ runner: "ava", tally: { passed, failed, skipped } }];
}

/** `go test -v`; without `-v` it tells of packages, not of tests. */
function goTest(lines: string[]): ToldCounts[] {
  const count = (word: string) => lines.filter((line) => line.startsWith(`--- ${word}: `)).length;
  const tally = { passed: count("PASS"), failed: count("FAIL"), skipped: count("SKIP") };
  // A failing package tells its failures even without `-v`, and nothing of what passed.
  return lines.some((line) => line.startsWith("=== RUN ")) ? [{ runner: "go", tally }] : [];
}

/** bun tells one number on each line, and then how many tests it ran: nothing is told where they do not add up. */
function bun(lines: string[]): ToldCounts[] {
  return lines.flatMap((line, index) => {
    const total = /^Ran (\d{1,9}) tests? across \d{1,9} files?\./.exec(line)?.[1];
    if (total === undefined) return [];
    const above = lines.slice(Math.max(0, index - bunLines), index);
    const told = (pattern: RegExp) => above.reduce((sum, one) => sum + number(pattern.exec(one)?.[1]), 0);
    const tally = {
      passed: told(/^ *(\d{1,9}) pass$/),
      failed: told(/^ *(\d{1,9}) fail$/),
      skipped: told(/^ *(\d{1,9}) (?:skip|todo)$/),
    };
    return totalOf(tally) === number(total) ? [{ runner: "bun", tally }] : [];
  });
}

/** lab tells of those that ran, and the time on the next line. */
function lab(lines: string[]): ToldCounts[] {
  return lines.flatMap((line, index) => {
    const found =
      /^(?:(?<failed>\d{1,9}) of )?(?<ran>\d{1,9}) tests? (?:passed|failed)(?: \((?<skipped>\d{1,9}) skipped\))?$/;
    const { failed, ran, skipped } = found.exec(line)?.groups ?? {};
    if (ran === undefined || !/^Test duration: \d/.test(lines[index + 1] ?? "")) return [];
    const bad = number(failed);
    return [{ runner: "lab", tally: { passed: number(ran) - bad, failed: bad, skipped: number(skipped) } }];
  });
}

/** `go test -json` tells every test on a line of its own; tests inside of others are not counted, as with `-v`. */
function goJson(lines: string[]): ToldCounts[] {
  const action = /^\{"Time":"[^"]+","Action":"(pass|fail|skip)","Package":"[^"]+","Test":"[^"/]+","Elapsed":/;
  const actions = lines.flatMap((line) => action.exec(line)?.[1] ?? []);
  const count = (word: string) => actions.filter((one) => one === word).length;
  const tally = { passed: count("pass"), failed: count("fail"), skipped: count("skip") };
  return actions.length > 0 ? [{ runner: "go", tally }] : [];
}
