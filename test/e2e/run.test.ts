import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { files, issue } from "../../src/cli/demo/demo-story.ts";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { fakeAgent } from "../fixtures/agents/fake-agent.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmCommand } from "../support/warm-drafthorse.ts";

const cli = resolve(import.meta.dirname, "../../src/cli/main.js");
const environment = { PATH: process.env.PATH ?? "", SANDBOX: "bwrap" };
const root = testDirectory();

/** A repository of its own for a test, with the demo's red library in it, and a brief beside it. */
async function project(name: string, brief = issue.body): Promise<{ at: string; repo: string }> {
  const at = join(root, name);
  const repo = join(at, "slugger");
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(repo, path, ".."), { recursive: true });
    await writeFile(join(repo, path), text);
  }
  await writeFile(join(at, "brief.md"), `# ${issue.title}\n\n${brief}`);
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...args], { cwd: repo });
  await git("init", "-q", "-b", "trunk");
  await git("add", "-A");
  await git("commit", "-qm", "Begin");
  return { at, repo };
}

async function drafthorse(at: string, ...args: string[]) {
  return drafthorseIn({}, at, ...args);
}

async function drafthorseIn(other: Record<string, string>, at: string, ...args: string[]) {
  const ended = await warmCommand({ cwd: at, args, env: { ...environment, ...other } });
  return { exitCode: ended.status, stdout: ended.out, stderr: ended.err };
}

const mend = `exec:sed -i 's/a-z/a-z0-9/; s/, "-")/, "-").replace(\\/-$\\/, "")/' src/slugify.js; echo mended`;

describe("drafthorse run", () => {
  test("works on a brief in a local repository: a branch, the evidence and the body", async () => {
    const { at, repo } = await project("good");

    const { exitCode, stdout } = await drafthorse(
      at,
      "run",
      "brief.md",
      "--repo",
      repo,
      "--agent",
      mend,
      "--json",
    );

    const result = JSON.parse(stdout);
    const tree = await execa("git", ["rev-parse", `${result.branch}^{tree}`], { cwd: repo });
    const evidence = Evidence.parse(
      JSON.parse(await readFile(join(at, "drafthorse-run/evidence.json"), "utf8")),
    );
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ state: "proposed", verdict: "passed" });
    expect(evidence.tree).toBe(tree.stdout);
    expect(evidence.validation?.exit.exitCode).toBe(0);
    expect(evidence.baseline?.exit.exitCode).toBe(1);
    expect(await readFile(join(at, "drafthorse-run/body.md"), "utf8")).toContain("## Verdict: passed");
    expect((await execa("git", ["status", "--porcelain"], { cwd: repo })).stdout).toBe("");
  });

  test("without a sandbox, by name alone, the body says so of the agent and of the validation", async () => {
    const { at, repo } = await project("open");
    const args = ["run", "brief.md", "--repo", repo, "--agent", mend];

    const { exitCode } = await drafthorseIn({ SANDBOX: "none" }, at, ...args);

    const body = await readFile(join(at, "drafthorse-run/body.md"), "utf8");
    expect(exitCode).toBe(0);
    expect(body).toContain("The agent ran **not sandboxed**");
    expect(body).toContain("It was run **not sandboxed**");
  });

  test("an agent over ACP that lies: exit code 1, verdict failed, the real output kept", async () => {
    const { at, repo } = await project("lying");

    const { exitCode, stdout } = await drafthorse(
      at,
      "run",
      "brief.md",
      "--repo",
      repo,
      "--agent",
      fakeAgent("liar", "src/slugify.js"),
    );

    expect(exitCode).toBe(1);
    expect(stdout).toContain("Verdict: failed");
    expect(stdout).not.toContain("passed");
    expect(await readFile(join(at, "drafthorse-run/validation.log"), "utf8")).toContain("# fail");
  });

  test("a brief is run again on a branch of its own, and the first one stays as it was", async () => {
    const { at, repo } = await project("again");
    const order = ["run", "brief.md", "--repo", repo, "--agent", mend];
    const first = await drafthorse(at, ...order);
    const { stdout: before } = await execa("git", ["-C", repo, "for-each-ref", "refs/heads/agent"]);

    const second = await drafthorse(at, ...order);

    const branches = [first, second].map(({ stdout }) => /Branch: (\S+)/.exec(stdout)?.[1]);
    expect(branches).toEqual([expect.stringMatching(/^agent\/1-\S+$/), branches[0]?.replace("/1-", "/2-")]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    const { stdout: after } = await execa("git", ["-C", repo, "for-each-ref", "refs/heads/agent"]);
    expect(after.split("\n")).toContain(before);
  });

  test("a change that is withheld says why", async () => {
    const { at, repo } = await project("withheld");
    // Put together here so that this file does not hold a key; nobody issued it.
    const key = ["ghp", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("_");
    const leak = `${mend}; echo '// ${key}' >> src/slugify.js`;

    const { exitCode, stdout } = await drafthorse(at, "run", "brief.md", "--repo", repo, "--agent", leak);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/State: Withheld\n.*src\/slugify\.js/);
  });

  test.each([
    [
      "a brief that lacks its validation",
      issue.body.replace(/### Validation command.*?```\n\n/s, ""),
      mend,
      /incomplete.*Validation command/s,
    ],
    ["an agent that is not there", issue.body, "no-such-agent --acp", /agent-unavailable.*no-such-agent/s],
    [
      "a base branch that is not there",
      `${issue.body}\n### Base branch\n\n\`gone\`\n`,
      mend,
      /incomplete.*gone/s,
    ],
  ])("%s ends with exit code 1 and says why", async (name, brief, agent, why) => {
    const { at, repo } = await project(name.replaceAll(" ", "-"), brief);

    const { exitCode, stdout } = await drafthorse(at, "run", "brief.md", "--repo", repo, "--agent", agent);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(why);
  });

  test.each([
    ["no repository", ["run", "brief.md", "--repo", "/", "--agent", mend], /not in a git repository.*--repo/],
    ["no brief", ["run", "nowhere.md", "--agent", mend], /nowhere\.md/],
    ["no agent", ["run", "brief.md", "--repo", "slugger"], /AGENT is not set/],
    ["an unknown option", ["run", "brief.md", "--colour"], /unknown option/],
  ])("%s: one line that names it", async (name, args, why) => {
    const { at } = await project(`bad-${name.replaceAll(" ", "-")}`);

    const { exitCode, stderr } = await drafthorse(at, ...args);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(why);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

test.each(["node", "python"])("drafthorse demo --once walks the whole road in %s", async (example) => {
  const { exitCode, stdout } = await execa(process.execPath, [cli, "demo", "--once", "--example", example], {
    ...{ cwd: root, env: environment, extendEnv: false, reject: false },
  });

  expect(stdout).toMatch(/before: exit code 1\n.*after: {2}exit code 0\n/);
  expect(stdout.match(/Verdict: passed/g)).toHaveLength(2);
  expect(stdout.match(/Check proof of test \(pass\): .*without the rest of the change/g)).toHaveLength(2);
  expect(stdout.match(/Check criteria \(pass\): a measured test for 2 of 2/g)).toHaveLength(2);
  expect(stdout.match(/✓ PR opened/g)).toHaveLength(2);
  expect(exitCode).toBe(0);
});
