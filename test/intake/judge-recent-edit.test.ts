import { expect, test } from "@jest/globals";
import { judgeRecentEdit, judgeRecentTitle, type Reviewed } from "../../src/intake/judge-recent-edit.ts";
import { aTask } from "../fixtures/tasks.ts";

const edit = { by: "eve", at: "2026-11-21T10:00:00Z" };

function reviewed(fields: Partial<Reviewed> = {}): Reviewed {
  return {
    edit,
    editorMayAsk: false,
    labelledAt: "2026-11-21T10:00:05Z",
    delivery: "e".repeat(64),
    sha256: "a".repeat(64),
    rounds: [],
    ...fields,
  };
}

const shown = aTask({ brief: { ...aTask().brief, sha256: "a".repeat(64) } as never });

test.each<[string, Partial<Reviewed>]>([
  ["5 s before the label", {}],
  ["in the same second", { labelledAt: edit.at }],
  ["9:59 before the label", { labelledAt: "2026-11-21T10:09:59Z" }],
  ["after the label, which may hide one before", { labelledAt: "2026-11-21T09:00:00Z" }],
  ["after another brief was shown", { rounds: [aTask()] }],
  ["and this very delivery comes once more", { rounds: [{ ...shown, askedIn: "e".repeat(64) }] }],
])("a stranger's edit %s holds the task", (_, fields) => {
  expect(judgeRecentEdit(reviewed(fields))).toEqual({ kind: "recent-edit", ...edit });
});

test.each<[string, Partial<Reviewed>]>([
  ["no edit", { edit: undefined }],
  ["an edit by somebody who may ask", { editorMayAsk: true }],
  ["a stranger's edit 10 min before the label", { labelledAt: "2026-11-21T10:10:00Z" }],
  ["an edit whose brief was shown before this label", { rounds: [shown] }],
])("%s holds nothing", (_, fields) => {
  expect(judgeRecentEdit(reviewed(fields))).toBeUndefined();
});

test("a title is judged like a text: it was shown if a round with a complete brief had it", () => {
  const { sha256: _, ...known } = reviewed();
  const ask = (title: string, rounds: Reviewed["rounds"]) => judgeRecentTitle({ ...known, title, rounds });

  expect(ask("Else", [])).toEqual({ kind: "recent-edit", ...edit, title: "Else", titleOnly: true });
  expect(ask("Else", [shown])).toMatchObject({ title: "Else" });
  expect(ask(shown.issue.title, [{ ...shown, brief: undefined }])).toMatchObject({ titleOnly: true });
  expect(ask(shown.issue.title, [shown])).toBeUndefined();
});
