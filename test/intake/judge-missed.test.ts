import { describe, expect, test } from "@jest/globals";
import { isOverdue, judgeMissed } from "../../src/intake/judge-missed.ts";
import type { Edits } from "../../src/ports/github.ts";

const now = new Date("2026-03-01T12:00:00.000Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();
const labelling = (seconds: number) => ({ by: "ada", byId: 7, at: ago(seconds), event: 1 });
const by = (seconds: number) => ({ by: "mallory", at: ago(seconds) });

describe("an issue that carries the label and has no task", () => {
  test.each<[string, Edits, object]>([
    ["nobody has edited", {}, { kind: "take in" }],
    ["was edited before the label", { body: by(900), title: by(900) }, { kind: "take in" }],
    ["has another body since", { body: by(300) }, { kind: "ask again", editedBy: "mallory" }],
    ["has another title since", { title: by(300) }, { kind: "ask again", editedBy: "mallory" }],
    ["has another body in the same second", { body: by(600) }, { kind: "ask again", editedBy: "mallory" }],
  ])("%s", (_, edits, judged) => {
    expect(judgeMissed(labelling(600), edits)).toEqual(judged);
  });

  test.each([
    ["was labelled long ago", labelling(86_400), true],
    ["was labelled two minutes ago", labelling(120), true],
    ["was labelled a moment ago: its delivery may be under way", labelling(60), false],
    ["of which GitHub does not tell who labelled it", undefined, false],
  ])("%s", (_, known, overdue) => {
    expect(isOverdue(known, now)).toBe(overdue);
  });
});
