import { describe, expect, test } from "@jest/globals";
import { judgeMissed } from "../../src/intake/judge-missed.ts";
import type { Edits } from "../../src/ports/github.ts";

const now = new Date("2026-03-01T12:00:00.000Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();
const labelling = (seconds: number) => ({ by: "ada", byId: 7, at: ago(seconds), event: 1 });
const by = (seconds: number) => ({ by: "mallory", at: ago(seconds) });

describe("an issue that carries the label and has no task", () => {
  test.each<[string, number | undefined, Edits, string]>([
    ["was labelled long ago", 86_400, {}, "take in"],
    ["was labelled a moment ago: its delivery may be under way", 60, {}, "leave"],
    ["of which GitHub does not tell who labelled it", undefined, {}, "leave"],
    ["was edited before the label", 600, { body: by(900), title: by(900) }, "take in"],
    ["has another body since", 600, { body: by(300) }, "ask again"],
    ["has another title since", 600, { title: by(300) }, "ask again"],
    ["has another body in the same second", 600, { body: by(600) }, "ask again"],
  ])("%s", (_, seconds, edits, kind) => {
    const known = { labelling: seconds === undefined ? undefined : labelling(seconds), edits, now };

    expect(judgeMissed(known)).toMatchObject({ kind, ...(kind === "ask again" && { editedBy: "mallory" }) });
  });
});
