import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Task } from "../../src/domain/task/task.ts";
import { taskKey } from "../../src/domain/task/task-id.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";
import { type DashboardWorld, lettingIn, startDashboard } from "./dashboard-world.ts";

/** Buttons for what a comment can ask, as somebody sees them who signed in with GitHub. */
let world: DashboardWorld;
let said: [number, string][];

beforeEach(async () => {
  said = [];
  world = await startDashboard({
    signIn: lettingIn({
      login: "ada",
      mayRead: async (id) => id === 1001,
      say: async ({ number }, body) => {
        said.push([number, body]);
        return "said";
      },
    }),
  });
});
afterEach(() => world.close());

const proposed = aTask({ state: "proposed", pullRequest: 7 });

async function presses(task: Task, form: Record<string, string>, headers: Record<string, string> = {}) {
  const { status, headers: answered } = await fetch(`${world.url}/tasks/${taskKey(task.id)}/asks`, {
    ...{ method: "POST", redirect: "manual", body: String(new URLSearchParams(form)) },
    headers: { origin: world.url, "content-type": "application/x-www-form-urlencoded", ...headers },
  });
  return { status, location: answered.get("location") };
}

test.each<[string, Partial<Task>, string[]]>([
  ["queued", { state: "queued" }, ["cancel"]],
  ["held", { state: "held" }, ["cancel"]],
  ["at work", { state: "running" }, ["cancel"]],
  ["already being cancelled", { state: "running", cancel: { by: "ada", why: "ada cancelled it." } }, []],
  ["proposed", { state: "proposed", pullRequest: 7 }, ["retry"]],
  [
    "proposed after its correction",
    { state: "proposed", pullRequest: 7, attempts: [anAttempt(), anAttempt({ number: 2 })] },
    [],
  ],
  ["being corrected", { state: "correcting", pullRequest: 7 }, ["cancel"]],
  ["merged", { state: "ended: merged", pullRequest: 7 }, []],
])("a task that is %s has the buttons of what can be asked: %j", async (_, fields, asks) => {
  const task = aTask(fields);
  await world.keep(task);

  const { text } = await world.get(`/tasks/${taskKey(task.id)}`);

  expect([...text.matchAll(/name="ask" value="(\w+)"/g)].map(([, ask]) => ask)).toEqual(asks);
});

test("the correction is asked for on the pull request, with the person's words as they wrote them", async () => {
  await world.keep(proposed);

  const answer = await presses(proposed, { ask: "retry", words: "  Keep <b>nine</b>\nand ten. " });

  expect(answer).toEqual({ status: 303, location: `/tasks/${taskKey(proposed.id)}?asked=retry` });
  expect(said).toEqual([[7, "/retry Keep <b>nine</b>\nand ten."]]);
  const { text } = await world.get(answer.location ?? "");
  expect(text).toContain("Your comment is on the pull request.");
});

test("what can no longer be asked is said, and nothing is written", async () => {
  await world.keep(proposed);

  expect((await presses(proposed, { ask: "cancel" })).location).toContain("?asked=late");
  expect((await presses(proposed, { ask: "approve" })).location).toContain("?asked=late");
  expect((await presses(proposed, {})).location).toContain("?asked=late");
  expect(said).toEqual([]);
});

test("nothing is written for another site, for a task that is not there, or for too long a text", async () => {
  await world.keep(proposed);
  const hidden = aTask({ ...proposed, id: { repositoryId: 2, issueNumber: 1, round: 1 } });
  await world.keep(hidden);
  const retry = { ask: "retry", words: "x" };

  expect((await presses(proposed, retry, { origin: "https://evil.example" })).status).toBe(403);
  expect((await presses(hidden, retry)).status).toBe(404);
  expect((await presses(aTask({ id: { ...proposed.id, round: 9 } }), retry)).status).toBe(404);
  expect((await presses(proposed, { ask: "retry", words: "x".repeat(300_000) })).status).toBe(413);
  expect(said).toEqual([]);
});

test("whoever is at the machine without GitHub has no buttons, and nobody to comment as", async () => {
  const alone = await startDashboard({ signIn: lettingIn({ login: "you", mayRead: async () => true }) });
  try {
    await alone.keep(proposed);

    expect((await alone.get(`/tasks/${taskKey(proposed.id)}`)).text).not.toContain('name="ask"');
  } finally {
    await alone.close();
  }
});
