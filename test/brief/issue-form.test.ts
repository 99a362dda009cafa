import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { fieldNames, fieldOf, fields } from "../../src/brief/fields/fields.ts";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import { kinds } from "../../src/domain/task/brief.ts";

const file = resolve(import.meta.dirname, "../../../.github/ISSUE_TEMPLATE/agent-task.yml");

/** What GitHub's schema for issue forms asks of the parts that are used here. */
const Input = z.strictObject({
  type: z.enum(["textarea", "input", "dropdown"]),
  id: z.string().regex(/^[\w-]+$/),
  attributes: z.strictObject({
    label: z.string().min(1),
    description: z.string().optional(),
    placeholder: z.string().optional(),
    render: z.string().optional(),
    options: z.array(z.string()).optional(),
  }),
  validations: z.strictObject({ required: z.boolean() }).optional(),
});
const Markdown = z.strictObject({
  type: z.literal("markdown"),
  attributes: z.strictObject({ value: z.string() }),
});
const Form = z.strictObject({
  name: z.string(),
  description: z.string(),
  title: z.string().optional(),
  body: z.array(z.union([Markdown, Input])),
});

const form = Form.parse(parse(readFileSync(file, "utf8")));
const inputs = form.body.flatMap((part) => (part.type === "markdown" ? [] : [part]));

/** A submission as GitHub renders it: `_No response_` for what was left empty, a fence where the form says so. */
function submit(answers: Record<string, string>): string {
  return inputs
    .map(({ id, attributes }) => {
      const answer = answers[id];
      const fenced =
        attributes.render === undefined ? answer : `\`\`\`${attributes.render}\n${answer ?? ""}\n\`\`\``;
      return `### ${attributes.label}\n\n${fenced ?? "_No response_"}`;
    })
    .join("\n\n");
}

describe("the issue form", () => {
  test("does not apply a label by itself, and asks for each field in our order", () => {
    expect(Object.keys(parse(readFileSync(file, "utf8")))).not.toContain("labels");
    expect(inputs.map(({ attributes }) => attributes.label)).toEqual(
      fieldNames.map((name) => fields[name].label),
    );
    expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
  });

  test("requires what a brief needs, and nothing else", () => {
    for (const { attributes, validations } of inputs) {
      const field = fieldOf(attributes.label);
      expect(validations?.required ?? false).toBe(field !== undefined && fields[field].needed);
    }
  });

  test("offers the kinds of task", () => {
    expect(inputs.find(({ id }) => id === "kind")?.attributes.options).toEqual([...kinds]);
  });

  test("gives a brief when its own placeholders are sent", () => {
    const answers = Object.fromEntries(
      inputs.map(({ id, attributes }) => [id, attributes.placeholder ?? ""]),
    );
    const given = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== ""));

    expect(parseBrief(submit({ ...given, kind: "bug fix" }))).toMatchObject({
      brief: {
        goal: "Uploading a file with a blank in its name works; today it answers 500.",
        nonGoals: ["No change of the public API", "db/**"],
        validation: "npm test",
        doneWhen: [
          { id: "AC-1", text: "A file named `a b.txt` can be uploaded and downloaded" },
          { id: "AC-2", text: "A test covers it" },
        ],
        boundary: { reviewers: ["login"], ask: ["dependencies", "ci"], never: ["migrations", "infra/**"] },
        scope: ["src/upload/**", "test/upload/**"],
        constraints: [],
        kind: "bug fix",
        dependencies: [{ name: "zod", range: "^4.0.0" }],
        base: "main",
        budget: { usd: 4, minutes: 30 },
        agent: "claude",
        dependsOn: [12],
      },
      hidden: [],
      asides: [],
    });
  });

  test("left empty is answered for each field that is needed", () => {
    const parsed = parseBrief(submit({}));

    expect("problems" in parsed ? parsed.problems.map(({ rule, field }) => `${rule} ${field}`) : []).toEqual(
      fieldNames.filter((name) => fields[name].needed).map((name) => `empty ${name}`),
    );
  });
});
