import { describe, expect, test } from "@jest/globals";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import { openPolicies } from "../../src/policy/open-policies.ts";
import { FakeGitHub } from "../fakes/fake-github.ts";

function world(text?: string) {
  const github = new FakeGitHub();
  const configure = (now: string) => void github.fileTexts.set(repositoryFilePath, now);
  if (text !== undefined) configure(text);
  const policies = openPolicies({ files: github.files, operator: { ceilings: { minutes: 20 } } });
  return { github, configure, policies, repository: github.repository };
}

describe("the rules of a repository", () => {
  test("are the operator's where it has no file", async () => {
    const { policies, repository } = world();

    expect(await policies.read(repository)).toEqual({
      policy: { ...defaultPolicy, limits: { ...defaultPolicy.limits, minutes: 20 } },
      problems: [],
    });
  });

  test("are those of the file as it is now", async () => {
    const { policies, repository, configure } = world("label: robot\nlimits: { minutes: 60 }");
    const before = await policies.of(repository);
    configure("label: agent");

    expect(before).toMatchObject({ label: "robot", limits: { minutes: 20 } });
    expect((await policies.of(repository)).label).toBe("agent");
  });

  test("asked for once stay as they were first told, and what could not be told is asked for again", async () => {
    const { github, policies, repository, configure } = world("label: robot");
    const once = policies.once();
    github.failNext("files.read", "before");
    await expect(once.read(repository)).rejects.toThrow();
    const first = await once.read(repository);
    configure("label: agent");

    expect(first.policy.label).toBe("robot");
    expect((await once.of(repository, ["src/**"])).label).toBe("robot");
    expect((await policies.once().of(repository)).label).toBe("agent");
  });

  test("of a broken file are its problems, and for work under way those from before", async () => {
    const { policies, repository, configure } = world("paths: { protected: [infra/**] }");
    await policies.read(repository);
    configure("label: robot\npaths: { protcted: [x] }");

    const { policy, problems } = await policies.read(repository);

    expect(problems).toMatchObject([{ file: repositoryFilePath, line: 2 }]);
    expect(policy.label).toBe("robot");
    expect((await policies.of(repository)).paths.protected).toContain("infra/**");
  });

  test.each([
    [["packages/api/src/a.ts"], "npm ci -w api"],
    [["packages/web/**"], "npm ci"],
    [["packages/api/a.ts", "packages/web/a.ts"], "npm ci"],
    [[], "npm ci"],
  ])("for the scope %j are set up by `%s`", async (scope, run) => {
    const { policies, repository } = world(
      "setup: { run: npm ci }\nprojects: [{ paths: [packages/api], setup: { run: npm ci -w api } }, { paths: [packages/web] }]",
    );

    expect((await policies.of(repository, scope)).setup).toEqual({ run });
  });

  test("that nobody here ever knew are no rules to go on with", async () => {
    const { policies, repository } = world("limits: 3");

    await expect(policies.of(repository)).rejects.toMatchObject({
      kind: "setup",
      message: expect.stringContaining(".github/drafthorse.yml, line 1: `limits`"),
    });
  });
});
