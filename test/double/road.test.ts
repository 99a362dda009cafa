import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asInstallation } from "./clients.ts";

let double: CheckedDouble;
let octokit: Octokit;
const at = { owner: "ada", repo: "widgets" };

beforeAll(async () => {
  double = await startCheckedDouble();
  await double.github.createRepository({
    owner: "ada",
    name: "widgets",
    files: { "README.md": "# Widgets\n", "src/index.js": "export const one = 1;\n" },
    collaborators: { tom: "triage", wil: "write" },
  });
  octokit = await asInstallation(double, "ada/widgets");
});

afterAll(() => double.close());

test("the whole road: an issue, a commit by the API, a draft pull request, a check, a review, a merge", async () => {
  const ada = double.github.as("ada");
  const issue = await ada.opensIssue("ada/widgets", { title: "Two", body: "Please **two**." });
  await ada.labels(issue, "agent-task");
  await octokit.rest.reactions.createForIssue({ ...at, issue_number: issue.number, content: "eyes" });
  const { data: status } = await octokit.rest.issues.createComment({
    ...at,
    issue_number: issue.number,
    body: "Queued.",
  });
  const { data: repository } = await octokit.rest.repos.get(at);
  const { data: main } = await octokit.rest.repos.getBranch({ ...at, branch: repository.default_branch });
  const { data: tree } = await octokit.rest.git.createTree({
    ...at,
    base_tree: main.commit.commit.tree.sha,
    tree: [{ path: "src/two.js", mode: "100644", type: "blob", content: "export const two = 2;\n" }],
  });
  const { data: commit } = await octokit.rest.git.createCommit({
    ...at,
    message: "Add two",
    tree: tree.sha,
    parents: [main.commit.sha],
  });
  await octokit.rest.git.createRef({ ...at, ref: "refs/heads/agent/1-two", sha: commit.sha });
  const { data: pull } = await octokit.rest.pulls.create({
    ...at,
    title: "Two",
    head: "agent/1-two",
    base: "main",
    body: "Closes #1",
    draft: true,
  });
  await octokit.rest.checks.create({
    ...at,
    name: "drafthorse/validation",
    head_sha: commit.sha,
    status: "completed",
    conclusion: "success",
    output: { title: "passed", summary: "All good" },
  });
  await octokit.rest.pulls.requestReviewers({ ...at, pull_number: pull.number, reviewers: ["wil"] });
  await octokit.rest.issues.updateComment({ ...at, comment_id: status.id, body: "Proposed." });

  const wil = double.github.as("wil");
  const ref = { repository: "ada/widgets", number: pull.number };
  await wil.reviews(ref, { state: "APPROVED", comments: [{ path: "src/two.js", line: 1, body: "Nice." }] });
  await wil.marksReady(ref);
  await wil.merges(ref);

  expect(commit.verification).toMatchObject({ verified: true, reason: "valid" });
  expect(pull).toMatchObject({ draft: true, mergeable: true, commits: 1, changed_files: 1 });
  expect(double.github.issue(issue).state).toBe("closed");
  expect(double.effects.list().map(({ kind }) => kind)).toEqual([
    "reaction.created",
    "comment.created",
    "tree.created",
    "commit.created",
    "ref.created",
    "pull.created",
    "check.created",
    "pull.review-requested",
    "comment.updated",
  ]);
  expect(await double.violations()).toEqual([]);
});
