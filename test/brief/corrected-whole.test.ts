import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { renderProblems } from "../../src/brief/answer/render-problems.ts";
import { type BriefFacts, judgeBrief } from "../../src/brief/judge-brief.ts";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { someOf } from "../support/cases.ts";

const folder = resolve(import.meta.dirname, "../../../test/fixtures/briefs");
const corpus = someOf(readdirSync(folder).filter((file) => file.endsWith(".md")));

/** A complete brief; a test changes the text of one field. */
function aText(fields: Record<string, string> = {}): string {
  const all = {
    Goal: "Uploading a file with a blank in its name works.",
    "Non-goals": "- No change of the public API",
    "Validation command": "npm test",
    "Done when": "- [ ] A test covers it",
    "Approval boundary": "reviewer: @alice",
    Files: "src/**",
    ...fields,
  };
  return Object.entries(all)
    .map(([heading, text]) => `### ${heading}\n\n${text}\n`)
    .join("\n");
}

function many(count: number, of: (at: number) => string, between: string): string {
  return Array.from({ length: count }, (_, at) => of(at)).join(between);
}

/** What only the repository or the one who asks makes wrong, and what is too much. */
const judged: Record<string, string> = {
  "a submodule": aText({ Files: "vendor/lib/**\nsrc/**" }),
  "the whole repository, which has a submodule": aText({ Files: "" }),
  "files in LFS": aText({ Files: "assets/**\nsrc/**" }),
  "an unknown agent": aText({ Agent: "gemini" }),
  "a missing script": aText({ "Validation command": "npm run nothing" }),
  "a missing file": aText({ "Validation command": "sh nothing.sh && npm test" }),
  "sensitive work without a reviewer": aText({
    Goal: "Change the login page.",
    "Approval boundary": "ask: ci",
  }),
  "sensitive work of the one who asks": aText({
    Goal: "Change the login page.",
    "Approval boundary": "reviewer: @ada",
  }),
  "too many paths of the boundary": aText({
    "Approval boundary": `ask: ${many(60, (at) => `a${at}/**`, ", ")}`,
  }),
  "too many reviewers": aText({ "Approval boundary": `reviewer: ${many(12, (at) => `@a${at}`, " ")}` }),
  "too many items": aText({ "Non-goals": many(60, (at) => `- item ${at}`, "\n") }),
  "too long an item": aText({ "Non-goals": `- ${many(120, () => "word", " ")}` }),
  "too long a goal": aText({ Goal: many(900, () => "word", " ") }),
  "too many paths": aText({ Files: many(120, (at) => `src/a${at}.ts`, "\n") }),
  "what asks and never": aText({ "Approval boundary": "ask: ci\nnever: ci" }),
};

const texts = [
  ...corpus.map((file) => [file, readFileSync(join(folder, file), "utf8")] as const),
  ...Object.entries(judged),
];

const facts: BriefFacts = {
  actor: "ada",
  authorMayWrite: true,
  policy: { ...defaultPolicy, validation: { ...defaultPolicy.validation, allow: ["npm test"] } },
  agents: ["claude"],
  base: {
    files: new Set(["package.json"]),
    scripts: ["test"],
    submodules: ["vendor/lib"],
    lfs: ["assets/**"],
  },
};

/** What a person copies out of the answer. */
function wholeOf(answer: string): string | undefined {
  return /^(?<fence>`{3,})markdown\n(?<whole>.*?)\n\k<fence>$/ms.exec(answer)?.groups?.whole;
}

test.each(texts)("%s: what is proposed is accepted once its blanks are filled in", (_, text) => {
  for (const authorMayWrite of [true, false]) {
    const asked = { ...facts, authorMayWrite };
    const judgement = judgeBrief(text, asked);
    if (!("problems" in judgement)) continue;
    const parsed = parseBrief(text);
    const partial = "partial" in parsed ? parsed.partial : parsed.brief;
    const { hidden, asides } = parsed;

    const whole = wholeOf(renderProblems({ ...judgement, partial, hidden, asides })) ?? "";
    const filledIn = whole.replaceAll("TODO: ", "").replaceAll("@login", "@alice");

    expect(judgeBrief(filledIn, asked)).toHaveProperty("sha256");
    expect(judgeBrief(whole, asked)).toHaveProperty(whole.includes("TODO") ? "problems" : "sha256");
  }
});

test("a base branch that there is not is asked for anew", () => {
  const text = aText({ "Base branch": "develop" });
  const judgement = judgeBrief(text, { ...facts, base: { missing: "develop" } });
  if (!("problems" in judgement)) throw new Error("complete");

  const answer = renderProblems({ ...judgement, partial: {}, hidden: [], asides: [] });

  expect(wholeOf(answer)).toContain("### Base branch\n\nTODO: main");
});
