import { describe, expect, test } from "@jest/globals";
import { readTask } from "../../../src/adapters/store/task-record.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { aBrief, anAttempt, aTask } from "../../fixtures/tasks.ts";

const at = "2026-11-21T10:00:00.000Z";

/** A task with something in each of its parts, those in lists and choices included. */
const whole: Task = aTask({
  state: "proposed",
  brief: { brief: aBrief({ budget: { minutes: 5 } }), sha256: "f".repeat(64) },
  problems: [{ line: 1, field: "goal", message: "is short", repair: "say more" }],
  edited: { body: "other", problems: [] },
  hold: { kind: "repository", cause: "it cannot be fetched" },
  attempts: [
    anAttempt({
      feedback: { words: "again", notes: [{ by: "ada", path: null, line: null, text: "no" }] },
      startedAt: at,
      base: { ref: "main", commit: "a".repeat(40), tree: "b".repeat(40) },
      commit: { commit: "c".repeat(40), tree: "d".repeat(40), verified: true },
    }),
  ],
  cancel: { by: "ada", why: "enough" },
});

/** The value with one more key in each object, at any depth. */
function extended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(extended);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, extended(inner)]);
  return { ...Object.fromEntries(entries), fromANewerVersion: { kept: [1] } };
}

describe("a task that a newer version wrote", () => {
  test("keeps what this version does not know, in every part of it", () => {
    const written = extended(whole);

    expect(readTask("1001-12-1", JSON.stringify(written))).toEqual(written);
  });

  test("is still held to what this version knows", () => {
    const text = JSON.stringify({ ...aTask(), state: "frozen" });

    expect(() => readTask("1001-12-1", text)).toThrow(/1001-12-1 cannot be read.*state/s);
  });
});
