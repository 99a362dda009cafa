import { expect, test } from "@jest/globals";
import type { HistoryLine } from "../../src/domain/task/task.ts";
import { timelineOf } from "../../src/views/timeline.ts";

const line = (seconds: number, what: string, more: Partial<HistoryLine> = {}): HistoryLine => ({
  at: new Date(Date.UTC(2026, 10, 21, 10, 0, seconds)).toISOString(),
  ...{ what, by: null, details: {} },
  ...more,
});
const of = (attempt: number) => ({ details: { attempt } });

const history = [
  line(0, "asked for", { by: "ada" }),
  line(2, "status comment"),
  line(10, "started", of(1)),
  line(70, "agent done", of(1)),
  line(71, "head seen"),
  line(90, "reported", of(1)),
  line(5_000, "correction asked for", { by: "bob" }),
  line(5_004, "started", of(2)),
  line(9_000, "branch left"),
];

test("a history is told in stretches: before, each attempt with what belongs to it, and people between", () => {
  expect(
    timelineOf(history).map(({ heading, steps }) => [heading, ...steps.map(({ what }) => what)]),
  ).toEqual([
    ["Before the work", "asked for", "status comment"],
    ["Attempt 1", "started", "agent done", "head seen", "reported"],
    ["Between people and Drafthorse", "correction asked for"],
    ["Attempt 2, the correction", "started"],
    ["Between people and Drafthorse", "branch left"],
  ]);
});

test("each step has its time, and a bar in the scale of its own stretch", () => {
  const [, attempt] = timelineOf(history);

  expect(attempt?.totalMs).toBe(80_000);
  expect(attempt?.steps.map(({ tookMs, from, part }) => [tookMs, from, part])).toEqual([
    [8_000, 0, 0],
    [60_000, 0, 0.75],
    [1_000, 0.75, 0.0125],
    [19_000, 0.7625, 0.2375],
  ]);
});

test.each([
  [{ costUsd: 0.5, files: 2, pullRequest: 13, turns: 1 }, "$0.50 · 2 files · #13 · 1 turn"],
  [{ base: { ref: "main", commit: "a".repeat(40), tree: "b".repeat(40) } }, "main · aaaaaaaa"],
  [{ commit: { commit: "c".repeat(40), verified: true } }, "cccccccc"],
  [{ asked: ["ada"], owners: ["ada", "org/team"], assigned: [] }, "ada · org/team"],
  [{ attempt: 1, delivery: "d".repeat(64), nothing: null, empty: "" }, ""],
  [{ refusal: "not\u202e now" }, "refusal not[U+202E] now"],
  [{ verdict: "passed" }, "verdict passed"],
])("the details %j are %j", (details, words) => {
  expect(timelineOf([line(0, "x", { details })])[0]?.steps[0]?.details.join(" · ")).toBe(words);
});

test("of nothing there is nothing, and of very much the end", () => {
  expect(timelineOf([])).toEqual([]);
  const [stretch] = timelineOf(Array.from({ length: 1_000 }, (_, at) => line(at, `step ${at}`)));
  expect(stretch?.steps).toHaveLength(400);
  expect(stretch?.steps.at(-1)?.what).toBe("step 999");
});
