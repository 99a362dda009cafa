import { expect } from "@jest/globals";
import type { Outcome } from "./outcome.ts";
import { solutions } from "./story.ts";

/** One branch, one commit, one draft, one status comment, one check run, and the agent's work in it as it was proved. */
export function expectOneProposal(outcome: Outcome): void {
  const [commit] = outcome.commits;
  expect(outcome.branches).toEqual(["agent/1-answer-with-42"]);
  expect(outcome.commits).toHaveLength(1);
  expect(outcome.pullRequests).toEqual([
    { draft: true, state: "open", verdict: "passed", attempts: [`1 ${commit}`] },
  ]);
  expect(outcome.checkRuns).toEqual([`drafthorse/validation ${commit} success`]);
  expect(outcome.answer).toBe(solutions.first.trimEnd());
  expectOneOfEach(outcome, { checks: 1 });
}

/** The same after its one correction: a second commit on the same branch, and a body that shows both attempts. */
export function expectOneCorrection(outcome: Outcome): void {
  const [first, second] = outcome.commits;
  expect(outcome.branches).toEqual(["agent/1-answer-with-42"]);
  expect(outcome.commits).toHaveLength(2);
  expect(outcome.pullRequests).toEqual([
    { draft: true, state: "open", verdict: "passed", attempts: [`1 ${first}`, `2 ${second}`] },
  ]);
  expect(outcome.checkRuns).toEqual([
    `drafthorse/validation ${first} success`,
    `drafthorse/validation ${second} success`,
  ]);
  expect(outcome.answer).toBe(solutions.second.trimEnd());
  expectOneOfEach(outcome, { checks: 2 });
}

/** What is there, and that no more of it was ever made. */
function expectOneOfEach(outcome: Outcome, { checks }: { checks: number }): void {
  expect(outcome.statusComments).toEqual(["📝 Draft pull request open"]);
  expect(outcome.created).toEqual({
    "check.created": checks,
    "comment.created": 1 + outcome.otherComments.length,
    "pull.created": 1,
    "ref.created": 1,
  });
  for (const { evidence, branch } of outcome.trees) expect(evidence).toBe(branch);
}
