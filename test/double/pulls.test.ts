import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asInstallation, refusal } from "./clients.ts";

let double: CheckedDouble;
let octokit: Octokit;
let at: { owner: string; repo: string };
let name: string;
let round = 0;

beforeAll(async () => {
  double = await startCheckedDouble();
});

beforeEach(async () => {
  round += 1;
  at = { owner: "ada", repo: `widgets-${round}` };
  name = await double.github.createRepository({
    owner: "ada",
    name: at.repo,
    files: { "README.md": "# Widgets\n", "a.txt": "one\n" },
    collaborators: { wil: "write", tom: "triage" },
    drafts: at.repo !== "widgets-2",
  });
  octokit = await asInstallation(double, name);
  await double.github.as("wil").pushes(name, { branch: "agent/1-a", files: { "a.txt": "two\n" } });
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  expect(violations).toEqual([]);
});

const fields = { title: "A", head: "agent/1-a", base: "main", body: "Body", draft: true };

test("a draft is opened once", async () => {
  const { data: pull } = await octokit.rest.pulls.create({ ...at, ...fields });
  const twice = await octokit.rest.pulls.create({ ...at, ...fields }).catch((error) => error.response);
  const { data: found } = await octokit.rest.pulls.list({ ...at, head: "ada:agent/1-a", state: "all" });
  const { data: none } = await octokit.rest.pulls.list({ ...at, head: "ada:other" });

  expect(pull).toMatchObject({ draft: true, state: "open", mergeable_state: "draft", user: { type: "Bot" } });
  expect(twice.status).toBe(422);
  expect(twice.data).toMatchObject({
    message: "Validation Failed",
    errors: [{ resource: "PullRequest", message: "A pull request already exists for ada:agent/1-a." }],
  });
  expect(found.map(({ number }) => number)).toEqual([pull.number]);
  expect(none).toEqual([]);
  expect(double.effects.list("pull.created")).toHaveLength(1);
});

test("a draft is refused where the plan has none", async () => {
  const refused = await refusal(octokit.rest.pulls.create({ ...at, ...fields }));
  const { data: plain } = await octokit.rest.pulls.create({ ...at, ...fields, draft: false });

  expect(refused).toEqual({
    status: 422,
    message: expect.stringContaining("Draft pull requests are not supported in this repository."),
  });
  expect(plain.draft).toBe(false);
});

test("nothing to merge, no such branch: refused", async () => {
  const { data: main } = await octokit.rest.git.getRef({ ...at, ref: "heads/main" });
  await octokit.rest.git.createRef({ ...at, ref: "refs/heads/same", sha: main.object.sha });

  const same = await octokit.rest.pulls
    .create({ ...at, ...fields, head: "same" })
    .catch((error) => error.response);
  const missing = await refusal(octokit.rest.pulls.create({ ...at, ...fields, head: "missing" }));

  expect(same.data.errors[0].message).toBe("No commits between main and same");
  expect(missing.status).toBe(422);
});

test("a push moves the head, a conflict is seen, and all of it is told", async () => {
  const { data: pull } = await octokit.rest.pulls.create({ ...at, ...fields });
  const wil = double.github.as("wil");
  const pushed = await wil.pushes(name, { branch: "agent/1-a", files: { "b.txt": "b\n" } });
  await wil.pushes(name, { branch: "main", files: { "a.txt": "three\n" } });
  const { data: now } = await octokit.rest.pulls.get({ ...at, pull_number: pull.number });
  const { data: files } = await octokit.rest.pulls.listFiles({ ...at, pull_number: pull.number });
  const { data: commits } = await octokit.rest.pulls.listCommits({ ...at, pull_number: pull.number });
  await double.github.settled();
  const synchronize = double.github.deliveries().find(({ action }) => action === "synchronize");

  expect(now).toMatchObject({
    head: { sha: pushed },
    mergeable: false,
    mergeable_state: "dirty",
    commits: 2,
  });
  expect(files.map(({ filename, status }) => `${status} ${filename}`)).toEqual([
    "modified a.txt",
    "added b.txt",
  ]);
  expect(commits.map(({ author }) => author?.login)).toEqual(["wil", "wil"]);
  expect(synchronize?.request.payload).toMatchObject({ before: pull.head.sha, after: pushed });
});

test("reviews, their comments and dismissals are there to be read", async () => {
  const { data: pull } = await octokit.rest.pulls.create({ ...at, ...fields });
  const ref = { repository: name, number: pull.number };
  const pull_number = pull.number;
  await octokit.rest.pulls.requestReviewers({ ...at, pull_number, reviewers: ["wil"] });
  const wil = double.github.as("wil");
  const comments = [{ path: "a.txt", line: 1, body: "Three!" }];
  const first = await wil.reviews(ref, { state: "CHANGES_REQUESTED", body: "No.", comments });
  await wil.dismisses(ref, first);
  await wil.reviews(ref, { state: "APPROVED" });

  const { data: reviews } = await octokit.rest.pulls.listReviews({ ...at, pull_number });
  const { data: lines } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number });
  const comment_id = lines[0]?.id ?? 0;
  const reaction = await octokit.rest.reactions.createForPullRequestReviewComment({
    ...at,
    comment_id,
    content: "eyes",
  });
  const stranger = await refusal(
    octokit.rest.pulls.requestReviewers({ ...at, pull_number, reviewers: ["eve"] }),
  );

  expect(reviews.map(({ state, commit_id }) => [state, commit_id])).toEqual([
    ["DISMISSED", pull.head.sha],
    ["APPROVED", pull.head.sha],
  ]);
  expect(lines).toMatchObject([
    { path: "a.txt", line: 1, body: "Three!", diff_hunk: expect.stringContaining("+two") },
  ]);
  expect(reaction.status).toBe(201);
  expect(stranger.status).toBe(422);
});

test("a branch that is deleted closes its pull request, a merge closes the issue it names", async () => {
  const ada = double.github.as("ada");
  const issue = await ada.opensIssue(name, { title: "Two" });
  const { data: lost } = await octokit.rest.pulls.create({ ...at, ...fields });
  await octokit.rest.git.deleteRef({ ...at, ref: "heads/agent/1-a" });
  const { data: closed } = await octokit.rest.pulls.get({ ...at, pull_number: lost.number });
  await double.github.as("wil").pushes(name, { branch: "agent/2-b", files: { "b.txt": "b\n" } });
  const body = `Closes #${issue.number}`;
  const pull = await ada.opensPullRequest(name, { title: "B", head: "agent/2-b", base: "main", body });
  await ada.merges(pull);
  const { data: merged } = await octokit.rest.pulls.get({ ...at, pull_number: pull.number });
  const { data: main } = await octokit.rest.git.getRef({ ...at, ref: "heads/main" });

  expect(closed.state).toBe("closed");
  expect(closed.head.sha).toBe(lost.head.sha);
  expect(merged).toMatchObject({ merged: true, state: "closed", merged_by: { login: "ada" } });
  expect(merged.merge_commit_sha).toBe(main.object.sha);
  expect(double.github.issue(issue).state).toBe("closed");
});

test("check runs are created, updated and found by name, with at most fifty annotations a request", async () => {
  const { data: ref } = await octokit.rest.git.getRef({ ...at, ref: "heads/agent/1-a" });
  const head_sha = ref.object.sha;
  const note = {
    path: "a.txt",
    start_line: 1,
    end_line: 1,
    annotation_level: "warning",
    message: "!",
  } as const;
  const annotations = Array.from({ length: 50 }, () => note);
  const output = { title: "t", summary: "s" };
  const { data: run } = await octokit.rest.checks.create({ ...at, name: "drafthorse/scope", head_sha });
  const { data: other } = await octokit.rest.checks.create({
    ...at,
    name: "drafthorse/validation",
    head_sha,
    status: "in_progress",
  });
  for (let batch = 0; batch < 2; batch += 1)
    await octokit.rest.checks.update({ ...at, check_run_id: run.id, output: { ...output, annotations } });
  const { data: done } = await octokit.rest.checks.update({
    ...at,
    check_run_id: run.id,
    conclusion: "success",
  });
  const tooMany = await refusal(
    octokit.rest.checks.update({
      ...at,
      check_run_id: run.id,
      output: { ...output, annotations: [...annotations, note] },
    }),
  );
  const { data: found } = await octokit.rest.checks.listForRef({
    ...at,
    ref: "agent/1-a",
    check_name: "drafthorse/scope",
    app_id: 4242,
  });
  const { data: notes } = await octokit.rest.checks.listAnnotations({
    ...at,
    check_run_id: run.id,
    per_page: 100,
  });

  expect(other.status).toBe("in_progress");
  expect(done).toMatchObject({
    status: "completed",
    conclusion: "success",
    output: { annotations_count: 100 },
  });
  expect(tooMany.status).toBe(422);
  expect(found.check_runs.map(({ id }) => id)).toEqual([run.id]);
  expect(notes).toHaveLength(100);
});
