import { describe, expect, test } from "@jest/globals";
import { renderCorrected } from "../../src/brief/answer/render-problems.ts";
import { type BriefFacts, judgeBrief } from "../../src/brief/judge-brief.ts";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";

const withCommands = (section: string) => `### Goal

Uploading a file with a blank in its name works.

### Non-goals

- No change of the public API

### Validation command

${section}

### Done when

- [ ] A test covers it

### Approval boundary

reviewer: @alice
`;
const fenced = (...lines: string[]) => withCommands(["```sh", ...lines, "```"].join("\n"));

describe("several commands", () => {
  test.each([
    ["in a fence", fenced("npm run lint", "npm test")],
    ["in a fence, with remarks", fenced("# first the style", "npm run lint", "", "npm test")],
    ["one continued", fenced("npm run \\", "lint", "npm test")],
    ["in a list", withCommands("- `npm run lint`\n- `npm test`")],
    ["in code with nothing but an and between", withCommands("`npm run lint` and `npm test`")],
    ["behind prompts", fenced("$ npm run lint", "$ npm test")],
  ])("%s are taken in their order", (_, text) => {
    expect(parseBrief(text)).toMatchObject({ brief: { validation: "npm run lint\nnpm test" } });
  });

  test.each([
    ["a folder", fenced("cd web", "npm test"), "command-state", "cd web && npm test"],
    ["a variable", fenced("export CI=1", "npm test"), "command-state", "export CI=1 && npm test"],
    ["a bare variable", fenced("CI=1", "npm test"), "command-state", "CI=1 && npm test"],
    ["an installation", fenced("npm ci", "npm test"), "command-install", "npm test"],
    ["a watch mode", fenced("npm run lint", "npx vitest"), "lint-watch", "npm run lint\nnpx vitest run"],
    ["no failure", fenced("npm run lint || true", "npm test"), "lint-always-green", "npm run lint\nnpm test"],
    [
      "output",
      fenced("$ npm run lint", "$ npm test", "> repo@1.0.0 test", "PASS"),
      "command-several",
      "npm run lint\nnpm test",
    ],
  ])("with %s are refused, and proposed as they would do", (_, text, rule, proposed) => {
    const parsed = parseBrief(text);
    if (!("problems" in parsed)) throw new Error("accepted");

    const again = parseBrief(renderCorrected(parsed.problems, parsed.partial));

    expect(parsed.problems.map((one) => one.rule)).toEqual([rule]);
    expect(again).toMatchObject({ brief: { validation: proposed } });
  });

  test("are at most five", () => {
    const many = fenced(...[1, 2, 3, 4, 5, 6].map((at) => `npm run check-${at}`));

    expect(parseBrief(many)).toMatchObject({ problems: [{ rule: "command-many", line: 12 }] });
  });

  const judged = (allow: string[], text = fenced("npm run lint", "npm test")) => {
    const facts: BriefFacts = {
      ...{ actor: "ada", authorMayWrite: false },
      policy: { ...defaultPolicy, validation: { ...defaultPolicy.validation, allow } },
    };
    const judgement = judgeBrief(text, facts);
    return "problems" in judgement ? judgement.problems.map(({ message }) => message) : [];
  };

  test("of someone without write access must each be allowed", () => {
    expect(judged(["npm run lint", "npm test"])).toEqual([]);
    expect(judged(["npm *"])).toEqual([]);
    expect(judged(["npm run lint"])).toEqual([
      expect.stringContaining("`npm test` is not among the commands"),
    ]);
    expect(judged(["npm test *"], fenced("npm test", "sh evil.sh"))).toEqual([
      expect.stringContaining("`sh evil.sh` is not among"),
    ]);
  });

  test("are looked up each at the base", () => {
    const base = { files: new Set(["package.json"]), scripts: ["test"] };
    const facts: BriefFacts = { actor: "ada", authorMayWrite: true, policy: defaultPolicy, base };

    expect(judgeBrief(fenced("npm run lint", "npm test"), facts)).toMatchObject({
      problems: [{ rule: "target-missing", message: expect.stringContaining("`lint`") }],
    });
  });
});
