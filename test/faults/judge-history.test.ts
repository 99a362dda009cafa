import { expect, test } from "@jest/globals";
import type { Outcome } from "../e2e/outcome.ts";
import { solutions } from "../e2e/story.ts";
import { acceptedIds, judgeOutcome } from "./judge-history.ts";

const well: Outcome = {
  branches: ["agent/1-answer-with-42"],
  commits: ["c0ffee"],
  pullRequests: [{ draft: true, state: "open", verdict: "passed", attempts: ["1 c0ffee"] }],
  statusComments: ["📝 Draft pull request open"],
  otherComments: [],
  checkRuns: [
    "drafthorse/validation c0ffee success",
    "drafthorse/scope c0ffee success",
    "drafthorse/approval c0ffee action_required",
  ],
  answer: solutions.first.trimEnd(),
  trees: [{ evidence: "tree", branch: "tree" }],
  created: { "check.created": 3, "comment.created": 1, "pull.created": 1, "ref.created": 1 },
};
const [run = ""] = well.checkRuns;

test.each<[string, Partial<Outcome>, string[]]>([
  ["one of each", {}, []],
  ["no branch", { branches: [] }, ["branch 0 times"]],
  ["two commits", { commits: ["c0ffee", "decade"] }, ["commit 2 times"]],
  [
    "two pull requests",
    { pullRequests: [...well.pullRequests, ...well.pullRequests] },
    ["pull request 2 times"],
  ],
  [
    "two comments, one deleted since",
    { created: { ...well.created, "comment.created": 2 } },
    ["comment.created 2 times"],
  ],
  ["another comment", { otherComments: ["hello"] }, ["another comment: hello"]],
  ["still at work", { statusComments: ["⚙️ Working"] }, ["ends as ⚙️ Working"]],
  [
    "a check run that is missing",
    { checkRuns: well.checkRuns.slice(1) },
    [expect.stringContaining("check runs: ") as unknown as string],
  ],
  [
    "a check run twice",
    { checkRuns: [...well.checkRuns, run] },
    [expect.stringContaining("check runs: ") as unknown as string],
  ],
  ["other work", { answer: "exports.answer = () => 41;" }, ["the branch has not what the agent wrote"]],
  [
    "evidence of another tree",
    { trees: [{ evidence: "other", branch: "tree" }] },
    ["evidence of the tree other for tree"],
  ],
])("%s", (_, what, faults) => {
  expect(judgeOutcome({ ...well, ...what })).toEqual(faults);
});

test("a delivery that was accepted at its second try counts once, one that never was does not", () => {
  const tries = [
    { guid: "a", status_code: 502 },
    { guid: "a", status_code: 202 },
    { guid: "a", status_code: 202 },
    { guid: "b", status_code: 503 },
  ];

  expect(acceptedIds(tries)).toEqual(["a"]);
});
