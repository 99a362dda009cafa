import { describe, expect, test } from "@jest/globals";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import type { Brief } from "../../src/domain/task/brief.ts";

const needed = {
  Goal: "Uploading a file with a blank in its name works.",
  "Non-goals": "- No change of the public API",
  "Validation command": "npm test",
  "Done when": "- [ ] A test covers it",
  "Approval boundary": "reviewer: @alice",
};

/** What a text under one heading of an otherwise complete brief is read as, and by which rules it is refused. */
function read(heading: string, text: string, field: keyof Brief): { value: unknown; rules: string[] } {
  const all = { ...needed, [heading]: text };
  const parsed = parseBrief(
    Object.entries(all)
      .map(([name, words]) => `### ${name}\n\n${words}\n`)
      .join("\n"),
  );
  if ("brief" in parsed) return { value: parsed.brief[field], rules: [] };
  return { value: parsed.partial[field], rules: parsed.problems.map(({ rule = "" }) => rule) };
}

describe("files are read as people name them", () => {
  test.each([
    ["everything", ["**"]],
    ["the whole repository", ["**"]],
    ["TBD", []],
    ["src/a.ts, and src/b.ts", ["src/a.ts", "src/b.ts"]],
    ["src/a.ts; src/b.ts", ["src/a.ts", "src/b.ts"]],
    ["**src/a.ts**", ["src/a.ts"]],
    ["[src/a.ts](src/a.ts)", ["src/a.ts"]],
    ["`src/a.ts`: the main file", ["src/a.ts"]],
    ["src/**/*.{ts,tsx}", ["src/**/*.{ts,tsx}"]],
  ])("%j", (text, value) => {
    expect(read("Files", text, "scope")).toEqual({ value, rules: [] });
  });

  test.each([
    ["src/a.ts (main file)", ["src/a.ts"]],
    ["src/a.ts - main file", ["src/a.ts"]],
    ["src/a.ts # main file", ["src/a.ts"]],
    ["src/a.ts:12", ["src/a.ts"]],
    ["https://github.com/o/r/blob/main/src/a.ts#L12", ["src/a.ts"]],
    ["src\\upload\\*.ts", ["src/upload/*.ts"]],
    ["C:\\repo\\a.ts", []],
    ["all files under src", []],
    ["src/a.ts src/b.ts", []],
  ])("%j is refused, and proposed as %j", (text, value) => {
    expect(read("Files", text, "scope")).toEqual({ value, rules: ["glob"] });
  });
});

describe("a command is no sentence", () => {
  test.each([
    ["npm test.", "lint-words", "npm test"],
    ["Run npm test", "lint-words", "npm test"],
    ["Please run npm test.", "lint-words", "npm test"],
    ["Manually check the page", "lint-words", undefined],
    ["manual testing", "lint-words", undefined],
    ["none", "only-none", undefined],
    ["TBD", "only-none", undefined],
    ["npm run build, npm test", "lint-several", "npm run build && npm test"],
    ["npm run build then npm test", "lint-several", "npm run build && npm test"],
    ["npm test and npm run lint", "lint-several", "npm test && npm run lint"],
  ])("%j is refused by %s, and proposed as %j", (text, rule, value) => {
    expect(read("Validation command", text, "validation")).toEqual({ value, rules: [rule] });
  });

  test.each([
    ["- `npm test`", "npm test"],
    ["- npm test\n- npm run lint", "npm test\nnpm run lint"],
    ["1. npm test", "npm test"],
    ["**npm test**", "npm test"],
    ["ruff check .", "ruff check ."],
    ["go test ./...", "go test ./..."],
    ["just test", "just test"],
    ["test -f a.txt", "test -f a.txt"],
    ["git log --format=%an,%ae git", "git log --format=%an,%ae git"],
    ["Rscript tests.R", "Rscript tests.R"],
  ])("%j is %j", (text, value) => {
    expect(read("Validation command", text, "validation")).toEqual({ value, rules: [] });
  });
});

describe("the boundary is read as people write it, and nothing of it gets lost", () => {
  const boundary = (reviewers: string[], ask: string[] = []) => ({ reviewers, ask, never: [] });

  test.each([
    ["reviewer: @a & @b", boundary(["a", "b"])],
    ["Reviewers: @a/@b", boundary(["a", "b"])],
    ["reviewer:\n@alice", boundary(["alice"])],
    ["reviewer: @alice; ask: ci", boundary(["alice"], ["ci"])],
    ["reviewer: @me", boundary(["me"])],
    ["ask: public API, ci and auth", boundary([], ["public-api", "ci", "auth"])],
    ["ask: `package.json`, ci", boundary([], ["package.json", "ci"])],
    ["ask: `db/**` (the schema)", boundary([], ["db/**"])],
  ])("%j", (text, value) => {
    expect(read("Approval boundary", text, "boundary")).toEqual({ value, rules: [] });
  });

  test.each([
    ["reviewer: me", "reviewer"],
    ["reviewer: maintainers", "reviewer"],
    ["ask: `package.json` and ci", "boundary-line"],
    ["ask: deps", "boundary-entry"],
    ["No approval needed", "boundary-line"],
  ])("%j is refused by %s", (text, rule) => {
    expect(read("Approval boundary", text, "boundary").rules).toEqual([rule]);
  });
});

describe("short fields are read as people write them", () => {
  test.each<[string, string, keyof Brief, unknown]>([
    ["Budget", "max $5", "budget", { usd: 5 }],
    ["Budget", "30 minutes max", "budget", { minutes: 30 }],
    ["Budget", "$1,000, 1h30", "budget", { usd: 1_000, minutes: 90 }],
    ["Budget", "$4,30 min", "budget", { usd: 4, minutes: 30 }],
    ["Budget", "$4,300 min", "budget", { usd: 4, minutes: 300 }],
    ["Depends on", "#12.", "dependsOn", [12]],
    ["Depends on", "GH-12 and [#13](https://x.test)", "dependsOn", [12, 13]],
    ["Dependencies", "No new dependencies", "dependencies", []],
    ["Dependencies", "zod@^4 || ^5", "dependencies", [{ name: "zod", range: "^4 || ^5" }]],
    ["Dependencies", "x@1 <2", "dependencies", [{ name: "x", range: "1 <2" }]],
  ])("%s: %j", (heading, text, field, value) => {
    expect(read(heading, text, field)).toEqual({ value, rules: [] });
  });

  test.each([
    ["requests>=2.0", { name: "requests", range: ">=2.0" }],
    ["Django==5.0", { name: "Django", range: "==5.0" }],
    ["zod ^4", { name: "zod", range: "^4" }],
    ["github.com/a/b v1.2", { name: "github.com/a/b", range: "v1.2" }],
  ])("%j is refused as a dependency, and proposed as %j", (text, one) => {
    expect(read("Dependencies", text, "dependencies")).toEqual({ value: [one], rules: ["dependency"] });
  });
});
