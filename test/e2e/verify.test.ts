import { appendFile, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { execa } from "execa";
import { testDirectory } from "../support/test-directory.ts";
import { warmCommand } from "../support/warm-drafthorse.ts";
import { files, issue } from "./story.ts";

const root = testDirectory();
const repo = join(root, "repo");
const out = join(root, "out");

async function drafthorse(...args: string[]) {
  const ended = await warmCommand({ cwd: root, args, env: { SANDBOX: "bwrap" } });
  return { exitCode: ended.status, stdout: ended.out, stderr: ended.err };
}

beforeAll(async () => {
  await mkdir(repo);
  for (const [path, text] of Object.entries(files)) await writeFile(join(repo, path), text);
  await writeFile(join(root, "brief.md"), `# ${issue().title}\n\n${issue().body}`);
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...args], { cwd: repo });
  await git("init", "-q", "-b", "trunk");
  await git("add", "-A");
  await git("commit", "-qm", "Begin");
  await drafthorse(
    "run",
    "brief.md",
    "--repo",
    repo,
    "--out",
    out,
    "--agent",
    "exec:sed -i s/41/42/ answer.js",
  );
});

test("what a run leaves holds: logs, trees, files, commit, and the history anchored in the evidence", async () => {
  const evidence = await drafthorse("verify", join(out, "evidence.json"), "--repo", repo);
  const history = await drafthorse("verify", join(out, "history.jsonl"));

  // Where there is no server there is no key, and the output says so.
  expect(evidence.stdout).not.toMatch(/^[✗-] (?!signature: not found)/m);
  expect(evidence.stdout).toMatch(/✓ commit: .* names this file and has the tree that was validated/);
  expect(evidence.stdout.match(/✓ log /g)).toHaveLength(4);
  expect(history.stdout).toMatch(/✓ chain: .*\n✓ anchor: .*\n✓ proved: /);
  expect([evidence.exitCode, history.exitCode]).toEqual([0, 0]);
});

test("what a server keeps under its own names holds as well, and either file is held against the other", async () => {
  const kept = join(root, "kept");
  await mkdir(kept);
  for (const name of ["evidence.json", "history.jsonl", "validation.log", "baseline.log"])
    await copyFile(join(out, name), join(kept, name.replace(".", "-1.")));
  await writeFile(join(kept, "evidence-2.json"), "the evidence of another attempt");

  const evidence = await drafthorse("verify", join(kept, "evidence-1.json"));
  const history = await drafthorse("verify", join(kept, "history-1.jsonl"));
  await writeFile(join(kept, "history-1.jsonl"), "");
  const lost = await drafthorse("verify", join(kept, "evidence-1.json"));

  expect(evidence.stdout).toMatch(/✓ history chain: .*\n✓ history anchor: .*\n✓ history proved: /);
  expect(history.stdout).toMatch(/✓ chain: .*\n✓ anchor: .*\n✓ proved: /);
  expect(lost.stdout).toMatch(/✗ history proved: it does not name this evidence/);
  expect([evidence.exitCode, history.exitCode, lost.exitCode]).toEqual([0, 0, 1]);
});

test("a copy whose line ends a browser or an editor changed is the same evidence", async () => {
  const copy = join(root, "copied");
  await execa("cp", ["-r", out, copy]);
  const text = await readFile(join(out, "evidence.json"), "utf8");
  await writeFile(join(copy, "evidence.json"), text.trimEnd().replaceAll("\n", "\r\n"));

  const told = await drafthorse("verify", join(copy, "evidence.json"), "--repo", repo);

  expect(told.stdout).toMatch(/✓ commit: .*\n✓ history chain/);
  expect(told.exitCode).toBe(0);
});

test("what was touched does not, and each line says what to do", async () => {
  const copy = join(root, "copy");
  await execa("cp", ["-r", out, copy]);
  const text = await readFile(join(copy, "evidence.json"), "utf8");
  await writeFile(join(copy, "evidence.json"), text.replace('"costUsd": null', '"costUsd": 1'));
  await appendFile(join(copy, "baseline.log"), "and all was well\n");
  const history = await readFile(join(copy, "history.jsonl"), "utf8");
  await writeFile(join(copy, "history.jsonl"), history.replace('"by":"you"', '"by":"ada"'));

  const told = await drafthorse("verify", join(copy, "evidence.json"), "--repo", repo, "--json");
  const chain = await drafthorse("verify", join(copy, "history.jsonl"));

  const wrong = JSON.parse(told.stdout).filter(({ holds }: { holds: boolean }) => holds === false);
  expect(wrong.map(({ what }: { what: string }) => what)).toEqual([
    expect.stringMatching(/^log .*baseline-1\.log$/),
    "commit",
    "history chain",
    "history proved",
  ]);
  expect(wrong.every(({ repair }: { repair: string }) => repair.length > 10)).toBe(true);
  expect(chain.stdout).toMatch(/✗ chain: line 1 is not what was written.* Do not trust this file/);
  expect([told.exitCode, chain.exitCode]).toEqual([1, 1]);
});

test("run again here, it comes to the same; nothing of the clone is changed", async () => {
  const before = (await execa("git", ["for-each-ref"], { cwd: repo })).stdout;

  const told = await drafthorse("verify", join(out, "evidence.json"), "--repo", repo, "--again");

  expect(told.stderr).toBe("");
  expect(told.stdout).toMatch(
    /✓ again: validation: exit code 0.*, as in the evidence\n✓ again: baseline: exit code 1/,
  );
  expect(told.stdout).toMatch(/only said: rows: .*\n/);
  expect(told.exitCode).toBe(0);
  expect((await execa("git", ["for-each-ref"], { cwd: repo })).stdout).toBe(before);
});

test("a log of something else is told, and what is no evidence is refused in one line", async () => {
  const stray = await drafthorse("verify", join(out, "evidence.json"), "--log", join(repo, "check.js"));
  const bad = await drafthorse("verify", join(repo, "check.js"));

  expect(stray.stdout).toMatch(/✗ log .*check\.js: it is no log of this evidence/);
  expect(bad.stderr).toMatch(/^drafthorse: .*check\.js is no JSON, .+\. Name the evidence\.json/);
  expect([stray.exitCode, bad.exitCode]).toEqual([1, 2]);
});
