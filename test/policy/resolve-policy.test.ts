import { describe, expect, test } from "@jest/globals";
import { alwaysProtected, baseBranch, defaultPolicy, limitsFor } from "../../src/domain/rules/policy.ts";
import { parseOperatorFile } from "../../src/policy/parse-operator-file.ts";
import { resolvePolicy } from "../../src/policy/resolve-policy.ts";

type Given = Parameters<typeof resolvePolicy>[0];
const resolve = (given: Partial<Given>) => resolvePolicy({ operator: {}, repository: {}, ...given });

describe("the policy of a repository", () => {
  test("is the default where nobody says otherwise", () => {
    expect(resolve({})).toEqual(defaultPolicy);
  });

  test("takes the repository's word before the operator's, and the operator's before the default", () => {
    const operator = {
      defaults: { label: "robot", signOff: "writer", limits: { minutes: 20, usd: 3 } },
    } as const;
    const policy = resolve({ operator, repository: { label: "agent", limits: { minutes: 30 } } });

    expect(policy).toMatchObject({
      label: "agent",
      signOff: "writer",
      limits: { minutes: 30, usd: 3, files: 100 },
    });
  });

  test.each([
    [{ minutes: 30 }, { minutes: 90 }, { minutes: 30 }],
    [{ minutes: 30 }, { minutes: 10 }, { minutes: 10 }],
    [{ minutes: 30 }, {}, { minutes: 30 }],
    [{ minutes: 60 }, {}, { minutes: 45 }],
    [{ dailyUsd: 20 }, {}, { dailyUsd: 20 }],
    [{ dailyUsd: 20 }, { dailyUsd: 200 }, { dailyUsd: 20 }],
    [{ repairs: 0 }, { repairs: 5 }, { repairs: 0 }],
    [{ turns: 100 }, { turns: 900 }, { turns: 100 }],
    [{ turns: 100 }, { turns: 20 }, { turns: 20 }],
    [{}, {}, { turns: 300 }],
  ])("with the ceiling %j a repository that asks for %j gets %j", (ceilings, limits, expected) => {
    expect(resolve({ operator: { ceilings }, repository: { limits } }).limits).toMatchObject(expected);
  });

  test("a ceiling holds for the operator's own defaults as well", () => {
    const operator = { ceilings: { usd: 2 }, defaults: { limits: { usd: 9 } } };

    expect(resolve({ operator }).limits.usd).toBe(2);
  });

  test.each([
    [{ timeout: 5 }, {}, 5],
    [{ timeout: 50 }, {}, 30],
    [{ timeout: 50 }, { proofMinutes: 10 }, 10],
    [{}, { proofMinutes: 10 }, 10],
  ])("a validation of %j with limits %j may take %j minutes", (validation, limits, minutes) => {
    expect(resolve({ repository: { validation, limits } }).validation.timeoutMinutes).toBe(minutes);
  });

  test("what proves a project is allowed without being named twice", () => {
    const projects = [{ paths: ["a"], validate: "npm test -w a" }, { paths: ["b"] }];
    const policy = resolve({ repository: { projects, validation: { allow: ["npm test"] } } });

    expect(policy.validation.allow).toEqual(["npm test", "npm test -w a"]);
  });

  test("protected paths add up, and the agents' own instructions are always among them", () => {
    const operator = { defaults: { paths: { protected: ["infra/**"] } } };
    const policy = resolve({ operator, repository: { paths: { protected: ["db/**"] } } });

    expect(policy.paths.protected).toEqual([...alwaysProtected, "infra/**", "db/**"]);
  });

  test("what nothing reads yet is carried", () => {
    const repository = {
      base: "develop",
      agent: "claude",
      setup: { run: "npm ci", hosts: ["registry.npmjs.org"] },
      validation: { allow: ["npm test"], network: ["db.example.org"], env: { TZ: "UTC" } },
      paths: { ignore: ["dist/**"], classes: { auth: ["a/**"] } },
      approval: { ci: "never" },
      reviewers: ["ada"],
      sensitive: "owner",
      draft: "require",
      protection: "require",
      duplicates: "refuse",
      projects: [{ paths: ["a/**"], validate: "npm test" }],
    } as const;

    const policy = resolve({
      operator: { agents: { claude: { command: "claude-agent-acp" } } },
      repository: repository as unknown as Given["repository"],
    });

    const { agent, validation, paths, ...plain } = repository;
    expect(policy).toMatchObject({
      ...plain,
      agents: { known: [agent], order: [agent] },
      validation,
      paths: { ignore: paths.ignore },
    });
  });
});

describe("the bounds of a task", () => {
  test.each([
    [{ minutes: 10 }, { minutes: 10, usd: 5 }],
    [
      { minutes: 100, usd: 50 },
      { minutes: 45, usd: 5 },
    ],
    [{ usd: 1.5 }, { minutes: 45, usd: 1.5 }],
    [{}, { minutes: 45, usd: 5 }],
  ])("a budget of %j gives %j", (budget, limits) => {
    expect(limitsFor({ budget }, defaultPolicy)).toMatchObject(limits);
  });

  test("the base is the brief's, else the configuration's, else the default branch", () => {
    const repository = { defaultBranch: "main" };

    expect(baseBranch({ base: "next" }, { policy: { base: "develop" }, repository })).toBe("next");
    expect(baseBranch({}, { policy: { base: "develop" }, repository })).toBe("develop");
    expect(baseBranch({}, { policy: {}, repository })).toBe("main");
  });
});

describe("the operator's file", () => {
  test("is read whole", () => {
    const text = `agents:
  claude: { command: claude-agent-acp, env: [ANTHROPIC_API_KEY], network: host }
prices:
  claude-sonnet: { input: 3, output: 15, cacheRead: 0.3 }
defaults: { signOff: independent }
ceilings: { minutes: 60, usd: 10 }
`;

    expect(parseOperatorFile(text, "drafthorse.yml")).toMatchObject({
      value: { agents: { claude: { network: "host" } }, ceilings: { usd: 10 } },
    });
  });

  test.each([
    ["ceilings: { label: x }", "`label` is not a key that is known in `ceilings`."],
    ["defaults: { projects: [] }", "`projects` is not a key that is known in `defaults`."],
    ["agents:\n  claude: claude-agent-acp", "`agents.claude`: expected object, received string."],
  ])("%j is refused", (text, message) => {
    expect(parseOperatorFile(text, "op.yml")).toMatchObject({ problems: [{ file: "op.yml", message }] });
  });
});
