import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { renderCorrected, renderProblems } from "../../src/brief/answer/render-problems.ts";
import { type Field, fieldNames, fields } from "../../src/brief/fields/fields.ts";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import type { Brief } from "../../src/domain/task/brief.ts";

/** What a person understands of a body, written down before any program had read it. */
type Label = {
  /** At once; after copying the answer and naming at most who reviews and what is no goal; or not without their words. */
  answer: "accepted" | "one edit" | "asked";
  why: string;
  /** What the body does not say. */
  missing: Field[];
  /** Words that the goal has to hold; each entry of a list, by words of it; everything else exactly. */
  goal: string[];
  nonGoals: string[];
  validation: string[];
  doneWhen: string[];
  boundary: Brief["boundary"];
  scope: string[];
};

const folder = resolve(import.meta.dirname, "../../../test/fixtures/as-written");
const bodies = readdirSync(folder)
  .filter((file) => file.endsWith(".md"))
  .map((file) => {
    const name = file.slice(0, -3);
    const label = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Label;
    return { name, label, text: readFileSync(join(folder, file), "utf8") };
  });

/** What was taken or proposed, and what was asked for. */
function outcomeOf(text: string) {
  const parsed = parseBrief(text);
  if ("brief" in parsed) return { outcome: "accepted" as const, found: parsed.brief, blank: [] };
  const whole = renderCorrected(parsed.problems, parsed.partial);
  const filledIn = whole.replaceAll("TODO: ", "").replaceAll("@login", "@alice");
  const again = parseBrief(filledIn);
  if (!("brief" in again)) throw new Error(`cannot be mended: ${JSON.stringify(again.problems)}\n${whole}`);
  const blank = fieldNames.filter((field) => holdsBlank(whole, field));
  const isSmall = blank.every((field) => field === "boundary" || field === "nonGoals");
  const asked = blank.filter((field) => field !== "boundary");
  const proposed = Object.entries(parsed.partial).filter(([field]) => !asked.some((one) => one === field));
  return {
    outcome: isSmall ? ("one edit" as const) : ("asked" as const),
    found: Object.fromEntries(proposed) as Partial<Brief>,
    blank,
  };
}

function holdsBlank(whole: string, field: Field): boolean {
  const [, behind = ""] = whole.split(`### ${fields[field].label}\n`);
  return (behind.split("\n### ")[0] ?? "").includes("TODO: ");
}

/** What was understood, in the form of a label. */
function understood(label: Label, found: Partial<Brief>) {
  const list = (wanted: string[], items: string[] = []) =>
    items.map((item, index) => (item.includes(wanted[index] ?? "\n") ? wanted[index] : item));
  return {
    goal: found.goal === undefined ? [] : label.goal.filter((words) => found.goal?.includes(words)),
    nonGoals: list(label.nonGoals, found.nonGoals),
    validation: found.validation?.split(/\n| && /) ?? [],
    doneWhen: list(
      label.doneWhen,
      found.doneWhen?.map(({ text }) => text),
    ),
    boundary: found.boundary ?? { reviewers: [], ask: [], never: [] },
    scope: found.scope ?? [],
  };
}

describe("bodies as people write them", () => {
  test("there are enough of them", () => {
    expect(bodies.length).toBeGreaterThanOrEqual(40);
  });

  test("are answered like this", () => {
    const figures = { accepted: 0, "one edit": 0, asked: 0 };
    for (const { text } of bodies) figures[outcomeOf(text).outcome]++;

    expect(figures).toEqual({ accepted: 38, "one edit": 32, asked: 23 });
  });

  test.each(bodies)("$name", ({ text, label }) => {
    const { answer, why: _, missing, ...wanted } = label;

    const { outcome, found, blank } = outcomeOf(text);

    expect({ outcome, blank, ...understood(label, found) }).toEqual({
      outcome: answer,
      blank: fieldNames.filter((field) => missing.includes(field)),
      ...wanted,
    });
  });

  test.each(bodies)("$name: nothing is called missing that is there", ({ text, label }) => {
    const parsed = parseBrief(text);
    if ("brief" in parsed) return;

    const called = parsed.problems
      .filter(({ rule = "" }) => ["missing", "empty", "no-command"].includes(rule))
      .map(({ field }) => field);

    expect(called.filter((field) => !label.missing.some((one) => one === field))).toEqual([]);
    expect(renderProblems(parsed)).toContain("Repair:");
  });
});
