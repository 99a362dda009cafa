import { describe, expect, test } from "@jest/globals";
import { parseRepositoryFile } from "../../src/policy/parse-repository-file.ts";

/** The problems of a text as `line: message | repair`. */
function problemsOf(text: string, agents?: string[]): string[] {
  const parsed = parseRepositoryFile(text, agents);
  return "problems" in parsed
    ? parsed.problems.map(({ line, message, repair }) => `${line}: ${message} | ${repair}`)
    : [];
}

const whole = `# yaml-language-server: $schema=https://example.org/drafthorse.schema.json
label: agent-task
base: develop
agent: [claude, codex]
setup:
  run: npm ci
  hosts: [registry.npmjs.org, "npm.example.org:8443"]
  env: { NODE_ENV: test, RETRIES: 3, CI: true }
  cache: [node_modules]
validation:
  allow: [npm test, "npm run lint *"]
  network: none
  timeout: 12.5
  env: { TZ: UTC }
limits: { minutes: 30, silenceMinutes: 5, usd: 4.5, files: 20, lines: 400, repairs: 0, proofMinutes: 20, concurrent: 1, openPullRequests: 3, dailyUsd: 50 }
paths:
  protected: [infra/**]
  ignore: ["dist/**"]
  classes: { auth: [src/auth/**], billing: [] }
approval: { dependencies: ask, ci: never, migrations: allow }
reviewers: ["@ada", grace, acme/web]
sensitive: owner
signOff: writer
draft: require
protection: ignore
duplicates: refuse
projects:
  - paths: [packages/api/**]
    setup: { run: npm ci }
    validate: npm test
`;

describe("the repository's file", () => {
  test("every key of the specification is read", () => {
    const parsed = parseRepositoryFile(whole, ["claude", "codex"]);

    expect(parsed).toMatchObject({
      value: {
        agent: ["claude", "codex"],
        setup: { env: { NODE_ENV: "test", RETRIES: "3", CI: "true" } },
        reviewers: ["ada", "grace", "acme/web"],
        limits: { repairs: 0, dailyUsd: 50 },
        projects: [{ paths: ["packages/api/**"], setup: { run: "npm ci" }, validate: "npm test" }],
      },
    });
  });

  test.each(["", "# nothing yet\n", "{}", "---\n"])("%j says nothing, which is allowed", (text) => {
    expect(parseRepositoryFile(text)).toEqual({ value: {} });
  });

  test.each<[string, string]>([
    ["lable: x", "1: `lable` is not a key that is known. | Did you mean `label`? Known are `label`, "],
    [
      "limits:\n  minutes: 10\n  minuts: 20",
      "3: `minuts` is not a key that is known in `limits`. | Did you mean `minutes`?",
    ],
    [
      "limits:\n  minutes: many",
      "2: `limits.minutes`: expected number, received string. | Give minutes that one attempt of an agent may take.",
    ],
    ["limits: { usd: -1 }", "1: `limits.usd`: "],
    ["limits: { turns: 2.5 }", "1: `limits.turns`: "],
    ["limits: { usd: .inf }", "1: `limits.usd`: "],
    ["approval:\n  ci: perhaps", "2: `approval.ci`: "],
    [
      "approval:\n  dependancies: ask",
      "2: `dependancies` is not a key that is known in `approval`. | Did you mean `dependencies`?",
    ],
    ["sensitive: nobody", "1: `sensitive`: expected one of"],
    ["draft: require\nsignOff: me", "2: `signOff`: expected one of"],
    ["paths:\n  protected:\n    - src/**\n    - ../etc", "4: `paths.protected[1]`: must be a path or glob"],
    ["paths:\n  protected: [/etc]", "2: `paths.protected[0]`: must be a path or glob"],
    [
      "setup:\n  hosts: [x.org]",
      "1: `setup.run`: expected string, received undefined. | Give one command line",
    ],
    [
      "setup:\n  run: npm ci\n  hosts: ['*.npmjs.org']",
      "3: `setup.hosts[0]`: must be the exact name of a host",
    ],
    ["setup:\n  run: npm ci\n  env: { 'A B': x }", "3: `A B` is not a key that is known in `setup.env`."],
    ["validation:\n  network: all", "2: `validation.network`: "],
    ["reviewers:\n  - '@ada'\n  - not a login", "3: `reviewers[1]`: must be a login or a team."],
    ["projects:\n  - validate: npm test", "2: `projects[0].paths`: "],
    ["- a\n- b", "1: The file: expected object, received array."],
    ["just words", "1: The file: expected object, received string."],
    ["label: a\nlabel: b", "2: This is not YAML: Map keys must be unique."],
    ["a: [1", "1: This is not YAML: "],
    [
      "paths:\n  protected: [*.md]",
      '2: `*.md` is no glob here: YAML reads what begins with a star as the name of another value. | Put it in quotes: `"*.md"`.',
    ],
    ["[".repeat(30_000), "1: Values are nested deeper than any setting is."],
    [`label: ${"[".repeat(900)}${"]".repeat(900)}`, "1: Values are nested deeper than any setting is."],
    ["[ # ]\n".repeat(900), "1: Values are nested deeper than any setting is."],
    ['[ "]",\n'.repeat(900), "1: Values are nested deeper than any setting is."],
    [`${"- ".repeat(1_000)}x`, "1: Values are nested deeper than any setting is."],
    [`${"&a ".repeat(9_000)}x`, "1: Values are nested deeper than any setting is."],
    [
      Array.from({ length: 340 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
      "1: Values are nested deeper than any setting is.",
    ],
    ["label: !!js/function x", "1: This is not YAML: Unresolved tag"],
    ["a: 1\n---\nb: 2", "2: This is not YAML: Source contains multiple documents"],
    ["label: 'a\tb'\nreviewers: @ada", "2: This is not YAML: "],
    ["__proto__: { label: x }", "1: `__proto__` is not a key that is known."],
    [`label: ${"x".repeat(70_000)}`, "1: The file is longer than 65,536 characters."],
    [
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 8 }, (_, at) => `b${at}: [${"*a,".repeat(9)}*a]`).join("\n")}`,
      "1: Aliases (`*name`) unfold into too much.",
    ],
  ])("%j is answered with its line and the repair", (text, told) => {
    const problems = problemsOf(text);

    expect(problems.some((problem) => problem.startsWith(told)) ? told : problems).toBe(told);
  });

  test.each(["- a", "words"])("a file without keys, %j, is answered with one that it could have", (text) => {
    expect(problemsOf(text)[0]).toMatch(/Give keys with values, such as `label: agent-task`\.$/);
  });

  test("of thousands of problems some are told", () => {
    expect(problemsOf(Array.from({ length: 3_000 }, (_, at) => `k${at}: 1`).join("\n"))).toHaveLength(50);
  });

  test("brackets in quotes and comments are no depth, and anchors are read", () => {
    const globs = Array.from({ length: 200 }, (_, at) => `    - "src/[${at}/**" # [{`).join("\n");
    const text = `setup: &s { run: npm ci }\nprojects:\n  - setup: *s\n    paths:\n${globs}\n`;

    expect(parseRepositoryFile(`\uFEFF${text}`)).toMatchObject({
      value: { projects: [{ setup: { run: "npm ci" } }] },
    });
  });

  test("all problems are told at once, in the order of their lines", () => {
    expect(
      problemsOf("labl: x\nlimits:\n  minutes: no\n  usd: 0\nbse: y\n").map((one) => one.split(":")[0]),
    ).toEqual(["1", "3", "4", "5"]);
  });

  test("an agent that the operator does not have is named, with those that there are", () => {
    expect(problemsOf("label: x\nagent: claud", ["claude"])).toEqual([
      "2: There is no agent called `claud` here. | Name one of `claude`, or leave it out.",
    ]);
    expect(problemsOf("agent: claude", [])[0]).toContain("Leave it out");
  });

  test("a broken file still says which label is meant", () => {
    expect(parseRepositoryFile("label: robot\nlimits: 3")).toMatchObject({ label: "robot" });
    expect(parseRepositoryFile("label: [robot]\nlimits: 3")).not.toHaveProperty("label");
  });
});
