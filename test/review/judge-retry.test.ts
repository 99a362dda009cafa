import { expect, test } from "@jest/globals";
import type { FailureKind } from "../../src/domain/task/failure.ts";
import { judgeRetry } from "../../src/review/judge-retry.ts";
import { withCorrection } from "../../src/review/with-correction.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";

const delivery = "e".repeat(64);
const second = anAttempt({ number: 2, askedIn: "c".repeat(64) });

test("an open draft pull request gets its one correction", () => {
  expect(judgeRetry(aTask({ state: "proposed" }), delivery)).toEqual({ kind: "correct" });
});

test.each([
  ["a second one", aTask({ state: "proposed", attempts: [anAttempt(), second] }), /is used/],
  [
    "one while the first is under way",
    aTask({ state: "correcting", attempts: [anAttempt(), second] }),
    /under way/,
  ],
  ["one before there is a pull request", aTask({ state: "running" }), /no open draft/],
  ["one after the end", aTask({ state: "ended: merged" }), /no open draft/],
])("%s is refused", (_, task, why) => {
  expect(judgeRetry(task, delivery)).toEqual({ kind: "refuse", why: expect.stringMatching(why) });
});

test.each<[FailureKind, string]>([
  ["github", "correct"],
  ["git", "correct"],
  ["agent-unavailable", "correct"],
  ["agent-failed", "refuse"],
  ["bound", "refuse"],
  ["cancelled", "refuse"],
])("a correction that ended by %s: %s", (kind, decision) => {
  const failed = { ...second, failure: { kind, cause: "" } };

  expect(judgeRetry(aTask({ state: "proposed", attempts: [anAttempt(), failed] }), delivery).kind).toBe(
    decision,
  );
});

test("the delivery that bought the correction only resumes it", () => {
  const task = aTask({ state: "correcting", attempts: [anAttempt(), { ...second, askedIn: delivery }] });

  expect(judgeRetry(task, delivery)).toEqual({ kind: "resume" });
});

test("the correction takes the place of one that a passing trouble ended", () => {
  const failed = { ...second, failure: { kind: "github" as const, cause: "" } };
  const task = aTask({ state: "proposed", attempts: [anAttempt(), failed] });
  const feedback = { words: "shorter", notes: [] };

  const after = withCorrection(task, { by: "ada", byId: 42, delivery, feedback });

  expect(after.state).toBe("correcting");
  expect(after.attempts).toEqual([anAttempt(), anAttempt({ number: 2, askedIn: delivery, feedback })]);
});
