import { expect, test } from "@jest/globals";
import { estimateStart, usualTime } from "../../src/schedule/estimate-start.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";

function took(minutes: number) {
  const startedAt = "2026-11-28T10:00:00.000Z";
  const reportedAt = new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
  return aTask({ attempts: [anAttempt({ startedAt, reportedAt })] });
}

test.each([
  [[], undefined],
  [[5, 7], undefined],
  [[30, 4, 6], { minutes: 6, attempts: 3 }],
  [[0.1, 0.2, 0.1], { minutes: 1, attempts: 3 }],
])("attempts of %j minutes usually take %j", (minutes, usual) => {
  expect(usualTime(minutes.map(took))).toEqual(usual);
});

test("an attempt that never came to its report says nothing of the time", () => {
  const startedAt = "2026-11-28T10:00:00.000Z";
  const given = aTask({ attempts: [anAttempt({ startedAt })] });

  expect(usualTime([given, given, given, took(2)])).toBeUndefined();
});

test.each([
  [0, 1, 12],
  [1, 2, 12],
  [2, 2, 24],
  [5, 1, 72],
])("with %i before it and %i at once it begins in %i minutes", (ahead, concurrent, minutes) => {
  expect(estimateStart({ ahead, concurrent }, { minutes: 12, attempts: 8 })).toBe(minutes);
});
