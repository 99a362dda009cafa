import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asInstallation, refusal } from "./clients.ts";

let double: CheckedDouble;
let octokit: Octokit;
const at = { owner: "ada", repo: "widgets" };

beforeAll(async () => {
  double = await startCheckedDouble();
  await double.github.createRepository({
    owner: "ada",
    name: "widgets",
    files: { "README.md": "# Widgets\n" },
    collaborators: { wil: "write" },
  });
  octokit = await asInstallation(double, "ada/widgets");
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  expect(violations).toEqual([]);
});

async function openIssue(title = "One"): Promise<{ repository: string; number: number }> {
  return double.github.as("ada").opensIssue("ada/widgets", { title, body: "Body" });
}

describe("comments", () => {
  test("come in pages that link to each other", async () => {
    const issue = await openIssue();
    for (let n = 1; n <= 5; n += 1) await double.github.as("ada").comments(issue, `Comment ${n}`);
    const place = { ...at, issue_number: issue.number };

    const first = await octokit.rest.issues.listComments({ ...place, per_page: 2 });
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...place, per_page: 2 });

    expect(first.headers.link).toMatch(/page=2>; rel="next", .*page=3>; rel="last"/);
    expect(all.map(({ body }) => body)).toEqual([1, 2, 3, 4, 5].map((n) => `Comment ${n}`));
  });

  test("are written, changed and deleted by the App, with webhooks from its bot", async () => {
    const issue = await openIssue();
    const { data: comment } = await octokit.rest.issues.createComment({
      ...at,
      issue_number: issue.number,
      body: "first",
    });
    await octokit.rest.issues.updateComment({ ...at, comment_id: comment.id, body: "second" });
    const { data: read } = await octokit.rest.issues.getComment({ ...at, comment_id: comment.id });
    await octokit.rest.issues.deleteComment({ ...at, comment_id: comment.id });
    await double.github.settled();

    const deliveries = double.github
      .deliveries()
      .filter(
        ({ event, request }) => event === "issue_comment" && about(request.payload, "comment") === comment.id,
      );

    expect(comment).toMatchObject({
      user: { login: "drafthorse[bot]", type: "Bot" },
      performed_via_github_app: { id: 4242 },
    });
    expect(read.body).toBe("second");
    expect(deliveries.map(({ action }) => action).sort()).toEqual(["created", "deleted", "edited"]);
    expect(deliveries[0]?.request.payload.sender).toMatchObject({ type: "Bot" });
    expect((await refusal(octokit.rest.issues.getComment({ ...at, comment_id: comment.id }))).status).toBe(
      404,
    );
  });

  test("are refused when they are too long or empty", async () => {
    const issue_number = (await openIssue()).number;
    const create = (body: string) =>
      refusal(octokit.rest.issues.createComment({ ...at, issue_number, body }));

    await octokit.rest.issues.createComment({ ...at, issue_number, body: "x".repeat(65_536) });

    expect(await create("x".repeat(65_537))).toEqual({
      status: 422,
      message: expect.stringContaining("Validation Failed"),
    });
    expect((await create(" ")).status).toBe(422);
  });

  function about(payload: Record<string, unknown>, noun: string): unknown {
    return (payload[noun] as { id?: number } | undefined)?.id;
  }
});

test("a reaction is new once", async () => {
  const issue = await openIssue();
  const comment_id = await double.github.as("ada").comments(issue, "/retry");
  const onIssue = { ...at, issue_number: issue.number, content: "eyes" } as const;
  const onComment = { ...at, comment_id, content: "confused" } as const;

  const first = await octokit.rest.reactions.createForIssue(onIssue);
  const second = await octokit.rest.reactions.createForIssue(onIssue);
  const third = await octokit.rest.reactions.createForIssueComment(onComment);
  const { data: list } = await octokit.rest.reactions.listForIssueComment({ ...at, comment_id });

  expect([first.status, second.status, third.status]).toEqual([201, 200, 201]);
  expect(second.data.id).toBe(first.data.id);
  expect(list).toMatchObject([{ content: "confused", user: { login: "drafthorse[bot]" } }]);
});

test("labels are created, put on and taken off, and the history tells who did it", async () => {
  const issue = await openIssue();
  const issue_number = issue.number;
  await octokit.rest.issues.createLabel({
    ...at,
    name: "agent-task",
    color: "0e8a16",
    description: "For agents",
  });
  const again = await refusal(octokit.rest.issues.createLabel({ ...at, name: "Agent-Task" }));
  await double.github.as("wil").labels(issue, "agent-task");
  await octokit.rest.issues.addLabels({ ...at, issue_number, labels: ["agent-task", "more"] });
  await octokit.rest.issues.removeLabel({ ...at, issue_number, name: "more" });
  await octokit.rest.issues.addAssignees({ ...at, issue_number, assignees: ["wil", "nobody"] });
  await double.github.as("ada").edits(issue, { title: "Two", body: "New body" });

  const { data: events } = await octokit.rest.issues.listEvents({ ...at, issue_number });
  const { data: found } = await octokit.rest.issues.listForRepo({ ...at, labels: "agent-task" });
  const missing = await refusal(octokit.rest.issues.removeLabel({ ...at, issue_number, name: "more" }));

  expect(again.status).toBe(422);
  expect(events.map(({ event, actor }) => `${actor?.login} ${event}`)).toEqual([
    "wil labeled",
    "drafthorse[bot] labeled",
    "drafthorse[bot] unlabeled",
    "drafthorse[bot] assigned",
    "ada renamed",
  ]);
  expect(found).toMatchObject([{ number: issue_number, title: "Two", assignees: [{ login: "wil" }] }]);
  expect(missing).toEqual({ status: 404, message: "Label does not exist" });
});

test("an issue is closed and reopened", async () => {
  const issue = await openIssue("Closable");
  await double.github.as("ada").closes(issue);
  const closed = await octokit.rest.issues.get({ ...at, issue_number: issue.number });
  const reopened = await octokit.rest.issues.update({ ...at, issue_number: issue.number, state: "open" });

  expect(closed.data).toMatchObject({
    state: "closed",
    state_reason: "completed",
    closed_by: { login: "ada" },
  });
  expect(reopened.data).toMatchObject({ state: "open", state_reason: "reopened", closed_at: null });
});

test("what GitHub does not have is not found", async () => {
  const unknown = await fetch(`${double.url}/repos/ada/widgets/no-such-thing`, { method: "POST" });

  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toEqual({
    message: "Not Found",
    documentation_url: "https://docs.github.com/rest",
    status: "404",
  });
  expect((await refusal(octokit.rest.issues.get({ ...at, issue_number: 999 }))).status).toBe(404);
  expect(await double.violations()).toEqual([expect.stringContaining("no operation of the extract")]);
  double.forgive();
});

test("a body that is no JSON is a bad request", async () => {
  const response = await fetch(`${double.url}/repos/ada/widgets/issues`, { method: "POST", body: "{" });

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ message: "Problems parsing JSON" });
});
