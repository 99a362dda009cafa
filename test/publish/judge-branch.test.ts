import { expect, test } from "@jest/globals";
import type { Head, PulledCommits } from "../../src/ports/github.ts";
import { whyKept } from "../../src/publish/judge-branch.ts";
import { aTask } from "../fixtures/tasks.ts";

const head: Head = { commit: "a".repeat(40), tree: "b".repeat(40), verified: true, ours: null };
const one = { task: "task-1001-12-1", attempt: 1 };
const two = { task: "task-1001-12-1", attempt: 2 };
const alone = { otherPulls: [] };

test.each<[string, PulledCommits & { pullHead?: string }, RegExp | undefined]>([
  ["one commit of ours goes", { ...alone, commits: [one] }, undefined],
  ["both attempts go", { ...alone, commits: [one, two] }, undefined],
  ["a person's commit stays", { ...alone, commits: [one, null] }, /people pushed/],
  ["a person's commit between ours stays", { ...alone, commits: [one, null, two] }, /people pushed/],
  [
    "another task's commit stays",
    { ...alone, commits: [{ ...one, task: "task-1001-13-1" }] },
    /people pushed/,
  ],
  [
    "a push after the end stays",
    { ...alone, commits: [one], pullHead: "c".repeat(40) },
    /after the pull request/,
  ],
  ["another pull request's branch stays", { commits: [one], otherPulls: [44] }, /#44 comes from it/],
  ["more than is listed stays", { ...alone, commits: "too many" }, /more commits/],
])("of a branch %s", (_, { pullHead = head.commit, ...pulled }, why) => {
  const kept = whyKept(aTask(), { head, pullHead, pulled });

  if (why) expect(kept).toMatch(why);
  else expect(kept).toBeUndefined();
});
