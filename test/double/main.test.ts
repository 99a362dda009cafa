import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execa, type ResultPromise } from "execa";
import type { Double } from "../../src/double/start-double.ts";
import { startReceiver } from "../openapi/webhook-receiver.ts";
import { asInstallation } from "./clients.ts";

const main = resolve(import.meta.dirname, "../../src/double/main.js");
let directory: string;
let running: ResultPromise;
let url: string;
let app: Double["app"];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "double-main-"));
  running = execa(process.execPath, [main, JSON.stringify({ directory })], { buffer: false });
  const line = await new Promise<string>((done) =>
    running.stdout?.once("data", (text) => done(String(text))),
  );
  ({ url, app } = JSON.parse(line));
});

afterAll(async () => {
  running.kill("SIGTERM");
  const { exitCode } = await running;
  await rm(directory, { recursive: true, force: true });
  expect(exitCode).toBe(0);
});

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}/_double${path}`, { method, ...init });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text ? JSON.parse(text) : undefined;
}

test("another process acts as people, sets faults and reads what happened", async () => {
  const receiver = await startReceiver();
  await control("PUT", "/webhook", { url: receiver.url });
  await control("POST", "/repositories", {
    owner: "ada",
    name: "widgets",
    files: { "README.md": "# Widgets\n" },
    collaborators: { wil: "write" },
  });
  const opened = await control("POST", "/people/ada/opensIssue", ["ada/widgets", { title: "One" }]);
  await control("POST", "/people/wil/labels", [{ repository: "ada/widgets", number: 1 }, "agent-task"]);
  const octokit = await asInstallation({ url, app }, "ada/widgets");
  const comment = { owner: "ada", repo: "widgets", issue_number: 1, body: "held" };
  const fault = { kind: "hold", when: "after", method: "POST", path: "/repos/*/*/issues/*/comments" };
  const { gate } = (await control("POST", "/faults", fault)) as { gate: number };
  const request = octokit.rest.issues.createComment(comment);
  await control("GET", `/gates/${gate}/hit`);
  const meanwhile = await control("GET", "/repositories/ada/widgets");
  await control("POST", `/gates/${gate}/release`);
  const { status } = await request;
  await control("GET", "/settled");
  const deliveries = (await control("GET", "/deliveries")) as { id: number; event: string; action: string }[];
  await control("POST", `/deliveries/${deliveries[0]?.id}/attempts`);
  await control("GET", "/settled");
  const page = await fetch(`${url}/ada/widgets/issues/1`);
  await receiver.close();

  expect(opened).toEqual({
    result: { repository: "ada/widgets", number: 1, url: `${url}/ada/widgets/issues/1` },
  });
  expect(meanwhile).toMatchObject({
    issues: [{ comments: [{ body: "held" }] }],
    collaborators: { wil: "write" },
  });
  expect(status).toBe(201);
  expect(await control("GET", "/effects")).toMatchObject([
    { kind: "comment.created", repository: "ada/widgets" },
  ]);
  expect(deliveries.map(({ event, action }) => `${event}.${action}`).sort()).toEqual([
    "installation.created",
    "issue_comment.created",
    "issues.labeled",
    "issues.opened",
    "label.created",
  ]);
  expect(receiver.received).toHaveLength(6);
  expect(await page.text()).toContain("held");
});

test("what cannot be understood is refused with the reason", async () => {
  await expect(control("POST", "/repositories", { owner: 1 })).rejects.toThrow(/expected string/);
  await expect(control("POST", "/people/ada/flies", [])).rejects.toThrow(/Not Found/);
  await expect(control("POST", "/people/ada/closes", [{ repository: "no/such", number: 1 }])).rejects.toThrow(
    /no repository no\/such/,
  );
  await expect(control("POST", "/faults", { kind: "fire" })).rejects.toThrow(/kind/);
});
