import { expect, test } from "@jest/globals";
import type { FailureKind } from "../../src/domain/task/failure.ts";
import { judgeRetry } from "../../src/review/judge-retry.ts";
import { withCorrection } from "../../src/review/with-correction.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";

const delivery = "e".repeat(64);
const published = { commit: "1".repeat(40), tree: "2".repeat(40), verified: true };
const committed = anAttempt({ commit: published });
const cancel = { by: "ada", why: "" };
const retryAsked = { by: "ada", byId: 42, delivery: "b".repeat(64), words: "", number: 13 };
const second = anAttempt({ number: 2, askedIn: "c".repeat(64) });

test("one that comes while the first attempt is still reporting waits, and the same again does too", () => {
  const task = aTask({ state: "running", attempts: [committed] });

  expect(judgeRetry(task, delivery)).toEqual({ kind: "wait" });
  expect(judgeRetry({ ...task, retryAsked: { ...retryAsked, delivery } }, delivery)).toEqual({
    kind: "wait",
  });
});

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
  ["one while the first is at work", aTask({ state: "running" }), /still at work/],
  ["one before anything has begun", aTask({ state: "queued" }), /no open draft/],
  ["one on a merged pull request", aTask({ state: "ended: merged" }), /is merged/],
  ["one on a closed pull request", aTask({ state: "ended: rejected" }), /is closed/],
  ["one after a failure", aTask({ state: "ended: failed" }), /no open draft/],
  [
    "one while it is cancelled",
    aTask({ state: "running", attempts: [committed], cancel }),
    /being cancelled/,
  ],
  [
    "a second that waits",
    aTask({ state: "running", attempts: [committed], retryAsked }),
    /asked for already/,
  ],
])("%s is refused", (_, task, why) => {
  expect(judgeRetry(task, delivery)).toEqual({ kind: "refuse", why: expect.stringMatching(why) });
});

test.each<[FailureKind, string]>([
  ["github", "correct"],
  ["git", "correct"],
  ["rules", "correct"],
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
