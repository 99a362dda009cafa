import { expect, test } from "@jest/globals";
import { GitFailure, isGitTrouble } from "../../../src/adapters/git/git-failure.ts";
import { runGit } from "../../../src/adapters/git/run-git.ts";

async function failureOf(argv: string[], call: Parameters<typeof runGit>[1]): Promise<unknown> {
  return runGit(argv, call).catch((thrown: unknown) => thrown);
}

test("a git process that failed is told by its fields", async () => {
  const at = { gitDir: "/nowhere" };

  const failed = await failureOf(["rev-parse", "HEAD"], { at });
  const slow = await failureOf(["hash-object", "--stdin"], { at, inputFile: "/dev/zero", timeoutMs: 1 });

  expect(failed).toMatchObject({ kind: "git", exitCode: 128, timedOut: false, overflowed: false });
  expect(slow).toMatchObject({ kind: "git", timedOut: true, message: expect.stringContaining("0.001 s") });
  expect(isGitTrouble(failed, "locked", "refused")).toBe(false);
});

test.each([
  ["no such ref", "fatal: couldn't find remote ref refs/heads/x"],
  ["not served", "error: Server does not allow request for unadvertised object 4b82"],
  ["not served", "fatal: remote error: upload-pack: not our ref 4b82"],
  ["unreachable", "fatal: unable to access 'https://example.org/': Could not resolve host"],
  ["locked", "fatal: Unable to create '/a/shallow.lock': File exists."],
  ["refused", "fatal: fsck error in packed object"],
  ["bad config", "fatal: bad config line 1 in blob .gitmodules"],
] as const)("%s is what git means by %j", (trouble, stderr) => {
  const end = { exitCode: 128, timedOut: false, overflowed: false, stderr };
  const all = ["no such ref", "not served", "unreachable", "locked", "refused", "bad config"] as const;
  const failure = new GitFailure("git fetch: failed", end);

  expect(all.filter((one) => failure.says(one))).toEqual([trouble]);
  expect(isGitTrouble(failure, trouble)).toBe(true);
  // What is only quoted to people decides nothing.
  expect(isGitTrouble(new GitFailure(stderr, { ...end, stderr: "" }), trouble)).toBe(false);
});
