import { expect, test } from "@jest/globals";
import type { PulledCommits } from "../../src/ports/branches.ts";
import { isOwnChain, whyKept } from "../../src/publish/judge-branch.ts";
import { aTask } from "../fixtures/tasks.ts";

const branch = { name: "agent/12-tidy", commit: "a".repeat(40), otherPulls: [] };
const one = { task: "task-1001-12-1", attempt: 1 };
const two = { task: "task-1001-12-1", attempt: 2 };

type Row = { brought: PulledCommits | null; pullHead?: string; otherPulls?: number[] };

test.each<[string, Row, RegExp | undefined]>([
  ["one commit of ours goes", { brought: [one] }, undefined],
  ["both attempts go", { brought: [one, two] }, undefined],
  ["what the ledger knows as ours goes", { brought: null }, undefined],
  ["a person's commit stays", { brought: [one, null] }, /people pushed/],
  ["a person's commit between ours stays", { brought: [one, null, two] }, /people pushed/],
  ["another task's commit stays", { brought: [{ ...one, task: "task-1001-13-1" }] }, /people pushed/],
  ["a push after the end stays", { brought: null, pullHead: "c".repeat(40) }, /after the pull request/],
  ["another pull request's branch stays", { brought: null, otherPulls: [44] }, /#44 comes from it/],
  ["more than is listed stays", { brought: "too many" }, /more commits/],
])("of a branch %s", (_, { pullHead = branch.commit, otherPulls = [], brought }, why) => {
  const kept = whyKept(aTask(), { branch: { ...branch, otherPulls }, pullHead, brought });

  if (why) expect(kept).toMatch(why);
  else expect(kept).toBeUndefined();
});

const base = { ref: "main", commit: "0".repeat(40), tree: "1".repeat(40) };
const published = (commit: string) => ({ commit, tree: "2".repeat(40), verified: true });
const first = {
  number: 1,
  askedBy: "ada",
  askedById: 1,
  askedIn: "d",
  starts: 1,
  base,
  commit: published("a"),
};
const second = (from: string) => ({
  ...{ ...first, number: 2, base: { ...base, commit: from } },
  commit: published("b"),
});

test.each([
  ["our one commit", [first], "a", true],
  ["our correction on our first commit", [first, second("a")], "b", true],
  ["our correction on a person's commit", [first, second("x")], "b", false],
  ["a person's commit on ours", [first], "x", false],
  ["a correction that was never published", [first, { ...second("a"), commit: undefined }], "a", true],
  ["nothing that was published", [], "a", false],
])("the ledger knows %s", (_, attempts, head, isOwn) => {
  expect(isOwnChain(aTask({ attempts }), head)).toBe(isOwn);
});
