import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { renderBrief } from "../../src/brief/answer/render-brief.ts";
import { renderCorrected, renderProblems } from "../../src/brief/answer/render-problems.ts";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import type { Brief } from "../../src/domain/task/brief.ts";

type Place = { rule: string; line: number; field: string };
type Expected = { brief?: Brief; problems?: Place[]; hidden?: string[] };

const folder = resolve(import.meta.dirname, "../../../test/fixtures/briefs");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.slice(0, -3));

function load(name: string): { text: string; expected: Expected } {
  const text = readFileSync(join(folder, `${name}.md`), "utf8");
  return { text, expected: JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) };
}

function placesOf(problems: readonly { rule?: string; line: number; field: string }[]): string[] {
  return problems.map(({ rule, line, field }) => `${line} ${field} ${rule}`).toSorted();
}

describe("the corpus of briefs", () => {
  test("has at least 120", () => {
    expect(names.length).toBeGreaterThanOrEqual(120);
  });

  test.each(names)("%s", (name) => {
    const { text, expected } = load(name);

    const parsed = parseBrief(text);

    if ("brief" in parsed) expect({ brief: parsed.brief }).toEqual({ brief: expected.brief });
    else expect(placesOf(parsed.problems)).toEqual(placesOf(expected.problems ?? []));
    if (expected.hidden) expect(parsed.hidden.map(({ kind }) => kind)).toEqual(expected.hidden);
  });

  test.each(names.filter((name) => load(name).expected.brief))(
    "%s is rendered and read again as the same",
    (name) => {
      const { text } = load(name);
      const parsed = parseBrief(text);
      const brief = "brief" in parsed ? parsed.brief : undefined;

      expect(parseBrief(renderBrief(brief as Brief))).toMatchObject({ brief, hidden: [], asides: [] });
    },
  );

  test.each(names.filter((name) => load(name).expected.problems))(
    "%s can be repaired from its answer alone",
    (name) => {
      const { text } = load(name);
      const parsed = parseBrief(text);
      if (!("problems" in parsed)) throw new Error("complete");

      const filledIn = renderCorrected(parsed.problems, parsed.partial).replaceAll("TODO: ", "");
      const repaired = parseBrief(filledIn);

      expect("problems" in repaired ? repaired.problems : []).toEqual([]);
      expect(renderProblems(parsed)).toContain("Repair:");
    },
  );
});
