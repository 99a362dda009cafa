import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Webhooks } from "@octokit/webhooks";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { startReceiver } from "../openapi/webhook-receiver.ts";
import { asApp, asInstallation } from "./clients.ts";

let double: CheckedDouble;

beforeAll(async () => {
  double = await startCheckedDouble({ webhookSecret: "a-good-long-secret" });
  await double.github.createRepository({
    owner: "ada",
    name: "widgets",
    files: { "README.md": "# Widgets\n" },
    collaborators: { wil: "write" },
  });
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  expect(violations).toEqual([]);
});

test("a label arrives as GitHub sends it: headers, signature, sender", async () => {
  const ada = double.github.as("ada");
  const issue = await ada.opensIssue("ada/widgets", {
    title: "One",
    body: "Ünïcode",
    labels: ["agent-task"],
  });
  await double.github.settled();
  const received = double.received.find(({ body }) => body.includes('"action":"labeled"'));
  const webhooks = new Webhooks({ secret: "a-good-long-secret" });
  const headers: Record<string, unknown> = { ...received?.headers };
  const body = received?.body ?? "";

  expect(await webhooks.verify(body, String(headers["x-hub-signature-256"]))).toBe(true);
  expect(await webhooks.verify(`${body} `, String(headers["x-hub-signature-256"]))).toBe(false);
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "user-agent": expect.stringMatching(/^GitHub-Hookshot\//),
    "x-github-event": "issues",
    "x-github-delivery": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-github-hook-id": expect.stringMatching(/^\d+$/),
    "x-github-hook-installation-target-id": "4242",
    "x-github-hook-installation-target-type": "integration",
  });
  expect(JSON.parse(body)).toMatchObject({
    action: "labeled",
    label: { name: "agent-task" },
    issue: { number: issue.number, body: "Ünïcode" },
    repository: { full_name: "ada/widgets" },
    sender: { login: "ada", type: "User" },
    installation: { id: expect.any(Number) },
  });
});

test("everything that people do is told in GitHub's shape", async () => {
  const { github } = double;
  const [ada, wil] = [github.as("ada"), github.as("wil")];
  const issue = await ada.opensIssue("ada/widgets", { title: "Two" });
  const comment = await wil.comments(issue, "/status");
  await wil.editsComment(issue, comment, "/cancel");
  await wil.deletesComment(issue, comment);
  await ada.labels(issue, "x");
  await ada.unlabels(issue, "x");
  await ada.assigns(issue, "wil");
  await ada.closes(issue);
  await ada.reopens(issue);
  await wil.pushes("ada/widgets", { branch: "topic", files: { "new.txt": "new\n" } });
  const pull = await wil.opensPullRequest("ada/widgets", {
    title: "P",
    head: "topic",
    base: "main",
    draft: true,
  });
  await wil.edits(pull, { body: "More" });
  const review = await ada.reviews(pull, {
    state: "CHANGES_REQUESTED",
    comments: [{ path: "new.txt", line: 1, body: "?" }],
  });
  await ada.dismisses(pull, review);
  const octokit = await asInstallation(double, "ada/widgets");
  const { data } = await octokit.rest.pulls.get({ owner: "ada", repo: "widgets", pull_number: pull.number });
  const check = { owner: "ada", repo: "widgets", name: "drafthorse/validation", head_sha: data.head.sha };
  await octokit.rest.checks.create({ ...check, conclusion: "success" });
  await ada.rerequests(pull, "drafthorse/validation");
  await ada.rerequests(pull);
  await wil.marksReady(pull);
  await wil.closes(pull);
  await wil.reopens(pull);
  await ada.merges(pull);
  await ada.deletesBranch("ada/widgets", "topic");
  await github.settled();

  const told = new Set(
    github.deliveries().map(({ event, action }) => (action ? `${event}.${action}` : event)),
  );

  expect([...told].sort()).toEqual([
    "check_run.completed",
    "check_run.created",
    "check_run.rerequested",
    "check_suite.requested",
    "check_suite.rerequested",
    "installation.created",
    "issue_comment.created",
    "issue_comment.deleted",
    "issue_comment.edited",
    "issues.assigned",
    "issues.closed",
    "issues.labeled",
    "issues.opened",
    "issues.reopened",
    "issues.unlabeled",
    "label.created",
    "pull_request.closed",
    "pull_request.edited",
    "pull_request.opened",
    "pull_request.ready_for_review",
    "pull_request.reopened",
    "pull_request_review.dismissed",
    "pull_request_review.submitted",
    "pull_request_review_comment.created",
    "push",
  ]);
});

test("a delivery that nobody took is logged as failed and can be sent again under its guid", async () => {
  const { github } = double;
  const receiver = await startReceiver();
  github.sendWebhooksTo("http://127.0.0.1:1/nobody");
  await github.as("ada").opensIssue("ada/widgets", { title: "Lost" });
  await github.settled();
  const [failed] = github.deliveries();
  github.sendWebhooksTo(receiver.url);

  github.redeliver(failed?.id ?? 0);
  await github.settled();
  await receiver.close();
  const [again] = github.deliveries();

  expect(failed).toMatchObject({ event: "issues", action: "opened", status_code: 502, redelivery: false });
  expect(again).toMatchObject({ guid: failed?.guid, status_code: 202, redelivery: true });
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.headers["x-github-delivery"]).toBe(failed?.guid);
});

test("the App reads its own deliveries, page by page, and asks for one again", async () => {
  const app = asApp(double);
  const all = double.github.deliveries();

  const pages = await app.paginate(app.rest.apps.listWebhookDeliveries, { per_page: 7 });
  const delivery_id = pages[0]?.id ?? 0;
  const { data } = await app.rest.apps.getWebhookDelivery({ delivery_id });
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id });
  await double.github.settled();

  expect(pages.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(data.request.payload).toEqual(all[0]?.request.payload);
  expect(double.github.deliveries()).toHaveLength(all.length + 1);
});

test("an App that is not installed hears nothing", async () => {
  await double.github.createRepository({ owner: "eve", name: "own", files: { a: "a" }, installed: false });
  const before = double.github.deliveries().length;

  await double.github.as("eve").opensIssue("eve/own", { title: "Quiet" });
  await double.github.settled();

  expect(double.github.deliveries()).toHaveLength(before);
});
