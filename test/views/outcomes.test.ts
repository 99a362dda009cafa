import { describe, expect, test } from "@jest/globals";
import type { Task } from "../../src/domain/task/task.ts";
import { compareOutcomes, outcomeRow, outcomesCsv, sumOutcomes, weeksOf } from "../../src/views/outcomes.ts";
import { someEvidence } from "../fixtures/evidence.ts";
import { anAttempt, aRepository, aTask } from "../fixtures/tasks.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 16, 8, minutes)).toISOString();

/** A task that was labelled at 8:00, proposed after so many minutes and decided after so many. */
function decided(
  state: Task["state"],
  [proposed, end]: [number, number],
  costUsd: number | null = null,
  fields: Partial<Task> = {},
): Task {
  return aTask({
    ...{ state, askedAt: at(0), updatedAt: at(end) },
    attempts: [anAttempt({ reportedAt: at(proposed), agent: { ...someEvidence().agent, costUsd } })],
    ...fields,
  });
}

const rows = [
  decided("ended: merged", [10, 20], 0.5),
  decided("ended: merged", [30, 90], 1.5, { repository: aRepository({ id: 2, name: "site" }) }),
  decided("ended: rejected", [20, 40], null),
  decided("ended: withheld", [5, 6], 1),
  decided("proposed", [15, 15], null, {
    attempts: [anAttempt({ reportedAt: at(15) }), anAttempt({ number: 2 })],
  }),
].map(outcomeRow);

describe("what came of tasks", () => {
  test("is counted, with medians and the cost of what was merged", () => {
    expect(sumOutcomes(rows)).toEqual({
      ...{ tasks: 5, merged: 2, rejected: 1, corrected: 1, withheld: 1, other: 1 },
      ...{ msToPull: 15 * 60_000, msToDecision: 20 * 60_000, costUsd: 3, costPerMerged: 1.5 },
    });
  });

  test("of nothing is nothing, and no figure is made up", () => {
    expect(sumOutcomes([])).toMatchObject({ tasks: 0, msToPull: null, costUsd: null, costPerMerged: null });
    expect(sumOutcomes(rows.slice(2, 3))).toMatchObject({ costUsd: null, costPerMerged: null });
  });

  test.each([
    ["repository", ["acme/shop 4", "acme/site 1"]],
    ["agent", ["scripted 4", "none 1"]],
    ["kind", ["bug fix 5"]],
  ] as const)("is compared by %s", (part, expected) => {
    expect(compareOutcomes(rows, part).map(({ name, sums }) => `${name} ${sums.tasks}`)).toEqual(expected);
  });

  test("is told by weeks that begin on Monday", () => {
    const weeks = weeksOf(rows, new Date("2026-11-22T23:59:59.000Z"));

    expect(weeks).toHaveLength(13);
    expect(weeks.at(-1)).toEqual({ week: "2026-11-16", merged: 2, rejected: 1 });
    expect(weeks[0]?.week).toBe("2026-08-24");
  });
});

test.each([
  ["=1+1", "'=1+1/x"],
  ["+1", "'+1/x"],
  ["-1", "'-1/x"],
  ["@SUM(A1)", "'@SUM(A1)/x"],
  ['a"b', '"a""b/x"'],
  ["a,b", '"a,b/x"'],
])("an owner called %j is a cell that computes nothing", (owner, cell) => {
  const csv = outcomesCsv([outcomeRow(aTask({ repository: aRepository({ owner, name: "x" }) }))]);

  expect(csv.split("\r\n")[1]).toBe(
    `task-1001-12-1,${cell},12,bug fix,none,queued,false,2026-11-21T10:00:00.000Z,,,`,
  );
});
