import { describe, expect, test } from "@jest/globals";
import type { TaskState } from "../../src/domain/task/state.ts";
import { taskStates } from "../../src/domain/task/state.ts";
import { judgeAdmission, type Situation } from "../../src/intake/judge-admission.ts";
import { aTask } from "../fixtures/tasks.ts";

const issue = { title: "", body: "", author: "ada", open: true, labels: ["agent-task"] };

function situation(fields: Partial<Situation> = {}): Situation {
  return {
    asked: "label",
    delivery: "e".repeat(64),
    at: undefined,
    label: "agent-task",
    issue,
    permission: "write",
    rounds: [],
    ...fields,
  };
}

describe("a label", () => {
  test.each([
    ["by an admin", situation({ permission: "admin" }), { kind: "enter", round: 1 }],
    ["by a writer", situation(), { kind: "enter", round: 1 }],
    ["by a reader", situation({ permission: "read" }), { kind: "stranger", task: undefined }],
    [
      "whose case is another",
      situation({ issue: { ...issue, labels: ["Agent-Task"] } }),
      { kind: "enter", round: 1 },
    ],
    ["by nobody known", situation({ permission: "none" }), { kind: "stranger", task: undefined }],
    ["on a closed issue", situation({ issue: { ...issue, open: false } }), { kind: "ignore" }],
    ["that is gone again", situation({ issue: { ...issue, labels: ["bug"] } }), { kind: "ignore" }],
    ["on an issue that is gone", situation({ issue: undefined }), { kind: "ignore" }],
  ])("%s", (_, at, admission) => {
    expect(judgeAdmission(at)).toEqual(admission);
  });

  const outcomes: Record<TaskState, string> = {
    incomplete: "again",
    queued: "ignore",
    held: "ignore",
    running: "ignore",
    proposed: "ignore",
    correcting: "ignore",
    "ended: cancelled": "enter",
    "ended: nothing-changed": "enter",
    "ended: withheld": "enter",
    "ended: failed": "enter",
    "ended: rejected": "enter",
    "ended: merged": "enter",
  };
  test.each(taskStates)("on a task that is %s", (state) => {
    expect(judgeAdmission(situation({ rounds: [aTask({ state })] })).kind).toBe(outcomes[state]);
  });

  test("on a task that waits for its turn asks nothing new, unless it is the very delivery that was interrupted", () => {
    const hold = { kind: "overlap", issue: 3 } as const;
    const waits = aTask({ state: "held", hold, askedIn: "a".repeat(64) });

    expect(judgeAdmission(situation({ rounds: [waits] }))).toEqual({ kind: "ignore" });
    expect(judgeAdmission(situation({ rounds: [waits], delivery: "a".repeat(64) }))).toEqual({
      kind: "again",
      task: waits,
    });
  });

  test("on a task that is held because of a recent edit reads it again", () => {
    const held = aTask({
      state: "held",
      hold: { kind: "recent-edit", by: "eve", at: "2026-11-21T10:00:00Z" },
    });

    expect(judgeAdmission(situation({ rounds: [held] }))).toEqual({ kind: "again", task: held });
    expect(judgeAdmission(situation({ rounds: [held], asked: "edit" }))).toEqual({ kind: "ignore" });
    expect(judgeAdmission(situation({ rounds: [held], permission: "read" })).kind).toBe("stranger");
  });

  test.each<[TaskState, string, string]>([
    ["incomplete", "2026-11-21T09:59:59Z", "ignore"],
    ["incomplete", "2026-11-21T10:00:00Z", "again"],
    ["ended: rejected", "2026-11-21T09:59:59Z", "ignore"],
    ["ended: rejected", "2026-11-21T10:00:01Z", "enter"],
  ])("that comes late to a task that is %s was made at %s", (state, at, kind) => {
    const last = aTask({ state, askedAt: "2026-11-21T10:00:00Z" });

    expect(judgeAdmission(situation({ at, rounds: [last] })).kind).toBe(kind);
  });

  test("on a task that waits for its configuration reads it again", () => {
    const problems = [{ file: "f", line: 1, message: "m", repair: "r" }];
    const held = aTask({ state: "held", hold: { kind: "configuration", problems } });
    const asked = (fields: Partial<Situation>) => judgeAdmission(situation({ rounds: [held], ...fields }));

    expect(asked({})).toEqual({ kind: "again", task: held });
    expect(asked({ asked: "edit" })).toEqual({ kind: "ignore" });
    expect(asked({ rounds: [{ ...held, state: "ended: cancelled" }] })).toEqual({ kind: "enter", round: 2 });
  });

  test("after an ended round begins the next one", () => {
    const first = aTask({ state: "ended: rejected" });

    expect(judgeAdmission(situation({ rounds: [first] }))).toEqual({ kind: "enter", round: 2 });
  });
});

describe("a delivery that comes once more", () => {
  const delivery = aTask().askedIn;

  test("goes on with a task that it queued", () => {
    const task = aTask();

    expect(judgeAdmission(situation({ delivery, rounds: [task] }))).toEqual({ kind: "again", task });
  });

  test.each<TaskState>(["running", "proposed", "ended: cancelled", "ended: merged"])(
    "begins nothing when its task is %s",
    (state) => {
      expect(judgeAdmission(situation({ delivery, rounds: [aTask({ state })] }))).toEqual({ kind: "ignore" });
    },
  );
});

describe("an edit", () => {
  test("by a writer is read again while the brief is incomplete", () => {
    const task = aTask({ state: "incomplete" });

    expect(judgeAdmission(situation({ asked: "edit", rounds: [task] }))).toEqual({ kind: "again", task });
  });

  test("by somebody else is not", () => {
    const task = aTask({ state: "incomplete" });

    expect(judgeAdmission(situation({ asked: "edit", permission: "read", rounds: [task] }))).toEqual({
      kind: "stranger",
      task,
    });
  });

  test.each(taskStates.filter((state) => state !== "incomplete"))(
    "means nothing while the task is %s",
    (state) => {
      expect(judgeAdmission(situation({ asked: "edit", rounds: [aTask({ state })] }))).toEqual({
        kind: "ignore",
      });
    },
  );
});
