import { expect } from "@jest/globals";
import type { Outcome } from "./outcome.ts";
import { solutions } from "./story.ts";

/** One branch, one commit, one draft, one status comment, its check runs, and the agent's work in it as it was proved. */
export function expectOneProposal(outcome: Outcome): void {
  const [commit] = outcome.commits;
  expect(outcome.branches).toEqual(["agent/1-answer-with-42"]);
  expect(outcome.commits).toHaveLength(1);
  expect(outcome.pullRequests).toEqual([
    { draft: true, state: "open", verdict: "passed", attempts: [`1 ${commit}`] },
  ]);
  // The sign-off is judged by the news of the pull request as well, which may come first.
  expect([...outcome.checkRuns].sort()).toEqual([
    `drafthorse/approval ${commit} action_required`,
    `drafthorse/scope ${commit} success`,
    `drafthorse/validation ${commit} success`,
  ]);
  expect(outcome.answer).toBe(solutions.first.trimEnd());
  expectOneOfEach(outcome, { checks: 3 });
}

/** The same after its one correction: a second commit on the same branch, and a body that shows both attempts. */
export function expectOneCorrection(outcome: Outcome): void {
  const [first, second] = outcome.commits;
  expect(outcome.branches).toEqual(["agent/1-answer-with-42"]);
  expect(outcome.commits).toHaveLength(2);
  expect(outcome.pullRequests).toEqual([
    { draft: true, state: "open", verdict: "passed", attempts: [`1 ${first}`, `2 ${second}`] },
  ]);
  // The sign-off is judged by the news of the pull request as well, which may come first.
  expect([...outcome.checkRuns].sort()).toEqual([
    ...[first, second].map((commit) => `drafthorse/approval ${commit} action_required`).sort(),
    ...[first, second].map((commit) => `drafthorse/scope ${commit} success`).sort(),
    ...[first, second].map((commit) => `drafthorse/validation ${commit} success`).sort(),
  ]);
  expect(outcome.answer).toBe(solutions.second.trimEnd());
  expectOneOfEach(outcome, { checks: 6 });
}

/** What is there, and that no more of it was ever made. */
export function expectOneOfEach(outcome: Outcome, { checks }: { checks: number }): void {
  expect(outcome.statusComments).toEqual(["📝 Draft pull request open"]);
  expect(outcome.created).toEqual({
    "check.created": checks,
    "comment.created": 1 + outcome.otherComments.length,
    "pull.created": 1,
    "ref.created": 1,
  });
  for (const { evidence, branch } of outcome.trees) expect(evidence).toBe(branch);
}
