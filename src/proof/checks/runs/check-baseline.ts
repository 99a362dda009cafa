import { testReadings } from "../../../domain/evidence/describe-tests.ts";
import type { CheckRow, Measurement } from "../../../domain/evidence/evidence.ts";
import type { TestCounts } from "../../../domain/evidence/test-counts.ts";
import { describeUnmeasured } from "../../explain/describe-run.ts";
import { describeUnloaded, unloadedIn } from "../../explain/describe-unloaded.ts";
import { outcomeOf, type Series } from "../../run/outcome-of.ts";
import { pairCounts } from "./pair-counts.ts";
import type { TurnedByTests } from "./turned-by-tests.ts";

type BaselineLine = Pick<CheckRow<"baseline">, "status" | "line">;

/** Before → after → what the two say together. */
const comparisons: Record<"green" | "red", Record<"green" | "red", BaselineLine>> = {
  red: {
    green: { status: "pass", line: "fixed: red on the base, green on the change" },
    red: { status: "attention", line: "still red: red on the base and on the change" },
  },
  green: {
    green: { status: "pass", line: "still green: green on the base and on the change" },
    red: { status: "fail", line: "regressed: green on the base, red on the change" },
  },
};

/** What is said instead of "fixed" where changes of tests had to do with it. */
const unfixed: Record<NonNullable<TurnedByTests>, string> = {
  alone: "not fixed: red on the base, and changes of tests alone turned it green",
  "still red": "not fixed: red on the base, and with the base's own tests on the change too",
  "in part": "fixed in part: red on the base, and fewer of its own tests are red on the change",
};

/**
 * The check `baseline`: the same command on the base, so that a red result can be told from an old one. `turned` says
 * where it was not code that turned it green; `shown` and `base tests` ask for attention then.
 */
export function checkBaseline(
  validation: Series,
  baseline: Series,
  turned: TurnedByTests = undefined,
): CheckRow<"baseline"> {
  const { status, line: told } = compare(validation, baseline);
  const line = turned ? told.replace(comparisons.red.green.line, unfixed[turned]) : told;
  return { name: "baseline", status, line: `${line}${provenance(baseline.runs[0])}`, findings: [] };
}

function compare(validation: Series, baseline: Series): BaselineLine {
  const before = outcomeOf(baseline);
  const now = outcomeOf(validation);
  if (!before) return { status: "not measured", line: whyUnmeasured(baseline) };
  if (!now) return { status: "not measured", line: "There is nothing to compare with." };
  if (before === "flaky" || now === "flaky")
    return {
      status: "attention",
      line: `cannot be compared: ${before} on the base, ${now} on the change`,
    };
  const told = comparisons[before][now];
  if (now === "red" && validation.runs[0]?.setup) return brokenSetup(before);
  if (now === "red") return { ...told, line: whatIsRed(told.line, baseline.runs[0], validation.runs[0]) };
  const lost = lostTests(baseline.runs[0], validation.runs[0]);
  return lost ? { status: "attention", line: `${told.line}; ${lost}` } : told;
}

/** On the base the set-up went well, or there would be no comparison: it is the change that broke it. */
function brokenSetup(before: "green" | "red"): BaselineLine {
  return {
    status: "fail",
    line: `regressed: the set-up works on the base, which is ${before}, and fails on the change`,
  };
}

/**
 * A red base hides what the change itself has broken, but for the counts. Where no fewer tests pass, it is likely that new
 * ones are red; counts cannot tell them from old ones that new green ones stand in for.
 */
function whatIsRed(line: string, before: Measurement | undefined, now: Measurement | undefined): string {
  const unloaded = now && unloadedIn(now);
  if (unloaded && (!before || unloadedIn(before)?.count !== unloaded.count))
    return `${line}; ${describeUnloaded(now, unloaded)}`;
  const worse = countPairs(before, now).find((pair) => pair.now.failed > pair.before.failed);
  if (!worse) return line;
  const more = worse.now.failed - worse.before.failed;
  const isNew = worse.before.whole && worse.now.whole && worse.now.passed >= worse.before.passed;
  if (!isNew) return `${line}; more tests fail: ${worse.now.failed}, on the base ${worse.before.failed}`;
  const news = more === 1 ? "1 new test is likely red" : `${more} new tests are likely red`;
  const passing = `${worse.now.passed} pass, on the base ${worse.before.passed}`;
  return `${line.replace(/^regressed: /, "")}; ${news}: ${passing}`;
}

/** A green result says less where fewer tests came to it, whatever it was that kept the others away. */
function lostTests(before: Measurement | undefined, now: Measurement | undefined): string {
  const [told] = before ? testReadings(before) : [];
  if (told && ranOf(told) > 0 && now && testReadings(now).length === 0)
    return `nothing tells of any test, on the base of ${ranOf(told)}`;
  const fewer = countPairs(before, now).find(
    (pair) => pair.before.whole && pair.now.whole && ranOf(pair.now) < ranOf(pair.before),
  );
  return fewer ? `fewer tests ran: ${ranOf(fewer.now)}, on the base ${ranOf(fewer.before)}` : "";
}

function countPairs(before: Measurement | undefined, now: Measurement | undefined) {
  return before && now ? pairCounts(before, now) : [];
}

function ranOf({ passed, failed }: TestCounts): number {
  return passed + failed;
}

function whyUnmeasured({ runs, why }: Series): string {
  return runs[0] ? describeUnmeasured(runs[0]) : why;
}

function provenance(run: Measurement | undefined): string {
  return run?.earlier ? ` (the base was measured earlier, on ${run.earlier.at.slice(0, 10)})` : "";
}
