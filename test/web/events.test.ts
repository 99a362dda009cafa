import { afterEach, expect, test } from "@jest/globals";
import type { AgentOutput } from "../../src/domain/task/live-event.ts";
import { aTask } from "../fixtures/tasks.ts";
import { type DashboardWorld, lettingIn, startDashboard } from "./dashboard-world.ts";

const path = "/tasks/task-1001-12-1";
const reading = { hidden: new Set<number>() };
const worlds: DashboardWorld[] = [];

async function aWorld(): Promise<DashboardWorld> {
  reading.hidden.clear();
  const signIn = lettingIn({ login: "ada", mayRead: async (id) => !reading.hidden.has(id) });
  const world = await startDashboard({ signIn });
  worlds.push(world);
  await world.keep(aTask());
  return world;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

/** The address of a page's events, as the page itself has it. */
async function eventsOf(world: DashboardWorld, page: string): Promise<string> {
  const { text } = await world.get(page);
  return (/data-live="([^"]+)"/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&");
}

/** Opens a stream; `next` is its next piece, and undefined at its end. */
async function follow(world: DashboardWorld, address: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${world.url}${address}`, { headers });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  return {
    status: answer.status,
    type: answer.headers.get("content-type"),
    next: async () => (await reader?.read())?.value,
  };
}

const changeTask = (world: DashboardWorld) =>
  world.store.tasks.change(aTask().id, (task) => ({ task: { ...task, fence: task.fence + 1 }, entries: [] }));

test.each([path, `${path}/changes`, `${path}/log`, "/"])(
  "%s is told when it has something else to show",
  async (page) => {
    const world = await aWorld();
    const stream = await follow(world, await eventsOf(world, page));
    expect(stream.type).toBe("text/event-stream");
    expect(await stream.next()).toBe(": still here\n\n");

    await world.store.tasks.change(aTask().id, (task) => ({
      task: { ...task, state: "held", updatedAt: "2026-11-21T11:00:00.000Z" },
      entries: [],
    }));
    await world.tick();

    expect(await stream.next()).toMatch(/^event: changed\ndata: ?\nid: [\w-]{16}\n\n$/);
  },
);

test("what changed before the stream began is not missed, and what the browser has seen is not told again", async () => {
  const world = await aWorld();
  const address = await eventsOf(world, path);
  await changeTask(world);

  const first = await (await follow(world, address)).next();
  const id = /id: (\S+)/.exec(first ?? "")?.[1] ?? "";
  const again = await (await follow(world, address, { "last-event-id": id })).next();

  expect(first).toContain("event: changed");
  expect(again).toBe(": still here\n\n");
});

test("what an agent says in a process elsewhere is on its log page, and no other page is told", async () => {
  const world = await aWorld();
  await world.store.tasks.change(aTask().id, (task) => ({
    task: { ...task, state: "running", attempts: task.attempts.map((attempt) => ({ ...attempt, legs: [] })) },
    entries: [],
  }));
  const said = (first: number, text: string): AgentOutput => ({
    ...{ task: aTask().id, attempt: 1, leg: 0, first, usd: 1.25 },
    kind: "agent output",
    entries: [{ kind: "tool", text }],
  });
  const [log, brief] = [
    await follow(world, await eventsOf(world, `${path}/log`)),
    await follow(world, await eventsOf(world, path)),
  ];
  await Promise.all([log.next(), brief.next()]);

  world.events.tell(said(0, "Reads <b>src/range.ts</b>"));
  world.events.tell(said(7, "Runs the tests"));
  // An event is heard later than it is told.
  await new Promise(setImmediate);
  await world.tick();

  expect(await log.next()).toMatch(/^event: changed/);
  const { text } = await world.get(`${path}/log`);
  expect(text).toContain("Reads &lt;b&gt;src/range.ts&lt;/b&gt;");
  expect(text).toContain("6 entries stand before these");
  expect(text).toContain("$1.25");
  const unread = Symbol("nothing");
  expect(await Promise.race([brief.next(), new Promise((resolve) => setTimeout(resolve, 50, unread))])).toBe(
    unread,
  );
  reading.hidden.add(1001);
  expect((await world.get(`${path}/log`)).status).toBe(404);
});

test("a stream ends with the right to read what it is about", async () => {
  const world = await aWorld();
  const stream = await follow(world, await eventsOf(world, path));
  await stream.next();

  reading.hidden.add(1001);
  await world.tick();

  expect(await stream.next()).toMatch(/^event: gone/);
  expect(await stream.next()).toBeUndefined();
  const absent = await follow(world, "/events?page=/tasks/task-1001-9999-1");
  const hidden = await follow(world, `/events?page=${path}`);
  expect([await absent.next(), await hidden.next()]).toEqual([
    expect.stringMatching(/^event: gone/),
    expect.stringMatching(/^event: gone/),
  ]);
});

test("one person has a bounded number of streams", async () => {
  const world = await aWorld();
  const address = await eventsOf(world, path);
  const opened = [];
  for (let count = 0; count < 13; count++) opened.push(await follow(world, address));

  expect(opened.map(({ status }) => status)).toEqual([...Array(12).fill(200), 503]);
});

test("every stream is closed when the server stops, and none begins", async () => {
  const world = await aWorld();
  const stream = await follow(world, await eventsOf(world, "/"));
  await stream.next();

  await worlds.pop()?.close();

  expect(await stream.next().catch(() => undefined)).toBeUndefined();
});

test("without a viewer there is no stream", async () => {
  const world = await startDashboard();
  worlds.push(world);

  expect((await world.get(`/events?page=${path}`)).status).toBe(401);
});
