import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asInstallation, refusal } from "./clients.ts";

let double: CheckedDouble;
let octokit: Octokit;
let issue: { repository: string; number: number };
const at = { owner: "ada", repo: "widgets" };
const path = "/repos/*/*/issues/*/comments";

beforeAll(async () => {
  double = await startCheckedDouble();
  await double.github.createRepository({
    owner: "ada",
    name: "widgets",
    files: { "README.md": "# Widgets\n" },
  });
  octokit = await asInstallation(double, "ada/widgets");
});

beforeEach(async () => {
  issue = await double.github.as("ada").opensIssue("ada/widgets", { title: "One" });
  await double.github.settled();
  double.received.length = 0;
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  expect(violations).toEqual([]);
});

function comment(body = "hello"): Promise<{ status: number }> {
  return octokit.rest.issues.createComment({ ...at, issue_number: issue.number, body });
}

function comments(): string[] {
  return double.github.issue(issue).comments.map(({ body }) => body);
}

test("an answer is lost after its effect", async () => {
  const before = double.effects.count("comment.created");
  double.faults.loseAnswers({ method: "POST", path });

  await expect(comment("lost")).rejects.toThrow();
  await comment("answered");

  expect(comments()).toEqual(["lost", "answered"]);
  expect(double.effects.count("comment.created")).toBe(before + 2);
});

test("a connection breaks before the effect", async () => {
  double.faults.cutRequests({ method: "POST", path });

  await expect(comment()).rejects.toThrow();

  expect(comments()).toEqual([]);
});

test("GitHub fails as often as it is told, before any effect", async () => {
  double.faults.failRequests({ path, times: 2, status: 503 });

  const answers = [await refusal(comment()), await refusal(comment()), await comment()];

  expect(answers.map(({ status }) => status)).toEqual([503, 503, 201]);
  expect(comments()).toEqual(["hello"]);
});

test("a request is held before its effect", async () => {
  const gate = double.faults.holdRequests({ method: "POST", path, when: "before" });
  const request = comment();
  await gate.hit;
  const meanwhile = comments();

  gate.release();
  const { status } = await request;

  expect(meanwhile).toEqual([]);
  expect(status).toBe(201);
  expect(comments()).toEqual(["hello"]);
});

test("a request is held after its effect and before its answer; others pass meanwhile", async () => {
  const gate = double.faults.holdRequests({ method: "POST", path, when: "after" });
  const request = comment("held");
  await gate.hit;
  const meanwhile = comments();
  await comment("another");

  gate.release();
  const { status } = await request;

  expect(meanwhile).toEqual(["held"]);
  expect(comments()).toEqual(["held", "another"]);
  expect(status).toBe(201);
});

test("a fault meets only the method and path that it names", async () => {
  double.faults.failRequests({ method: "DELETE", path: "/repos/ada/widgets/**" });

  const { status } = await comment();
  double.faults.clear();

  expect(status).toBe(201);
});

test("a delivery is dropped, yet logged so that it can be asked for again", async () => {
  double.faults.dropDeliveries({ event: "issues.labeled" });
  await double.github.as("ada").labels(issue, "agent-task");
  await double.github.settled();
  const before = received("labeled");
  const [dropped] = double.github.deliveries().filter(({ action }) => action === "labeled");

  double.github.redeliver(dropped?.id ?? 0);
  await double.github.settled();

  expect(before).toBe(0);
  expect(dropped).toMatchObject({ status: "timed out", status_code: 504 });
  expect(received("labeled")).toBe(1);
});

test("a delivery comes twice under one guid", async () => {
  double.faults.doubleDeliveries({ event: "issue_comment" });
  await double.github.as("ada").comments(issue, "/retry");
  await double.github.settled();
  const guids = double.received.map(({ headers }) => headers["x-github-delivery"]);

  expect(received("created")).toBe(2);
  expect(new Set(guids).size).toBe(1);
});

test("a delivery is late", async () => {
  const gate = double.faults.delayDeliveries({ event: "issues.closed" });
  await double.github.as("ada").closes(issue);
  await double.github.as("ada").reopens(issue);
  await gate.hit;
  await double.github.settled();
  const before = [received("closed"), received("reopened")];

  gate.release();
  await double.github.settled();

  expect(before).toEqual([0, 1]);
  expect(received("closed")).toBe(1);
});

function received(action: string): number {
  return double.received.filter(({ body }) => JSON.parse(body).action === action).length;
}
