import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { delivery } from "../adapters/store/samples.ts";
import { type DashboardWorld, lettingIn, startDashboard } from "./dashboard-world.ts";
import { sampleTasks } from "./sample-tasks.ts";

let world: DashboardWorld;
beforeAll(async () => {
  world = await startDashboard({
    // Somebody who can read one of the two repositories.
    signIn: lettingIn({ login: "sam", mayRead: async (id) => id === 1002 }),
  });
  await world.keepSamples(...sampleTasks());
  await world.store.inbox.store(delivery('{"repository":{"full_name":"acme/secret"}}'));
});
afterAll(() => world.close());

describe("the queue", () => {
  test("shows what is next, holds with what releases them, and the engine", async () => {
    const { text } = await world.get("/queue");

    expect(text).toContain("Backfill tests for the tax table");
    expect(text).toContain("A fetch that works; it is tried again by itself.");
    expect(text).toMatch(/<dt>Engine<\/dt><dd>memory<\/dd>/);
    expect(text).not.toContain("Show the delivery date");
  });

  test("lists the workers, and names no task that the viewer may not read", async () => {
    const since = "2026-11-21T11:58:00.000Z";
    const at = (repositoryId: number, step: string | null) => ({
      task: { repositoryId, issueNumber: 41, round: 1 },
      ...{ attempt: 1, step, since },
    });
    await world.store.workers.keep({
      ...{ id: "3f2a9c11-0000", machine: "inner-host", pid: 1, version: "0.1.0", concurrency: 3 },
      ...{ startedAt: since, seenAt: since },
      work: [at(1002, "worked"), at(1001, null)],
    });

    const { text } = await world.get("/queue");

    expect(text).toContain("2 of 3 tasks at once");
    expect(text).toContain('<a href="/tasks/task-1002-41-1">#41: in the step “worked”</a>');
    expect(text).toContain("a task elsewhere: between two steps");
    expect(text).not.toMatch(/inner-host|task-1001-41/);
  });

  test("tells of deliveries that wait nothing that may belong to others", async () => {
    const { text } = await world.get("/queue");

    expect(text).toMatch(/<td>issues<\/td>/);
    expect(text).not.toContain("acme/secret");
  });
});

describe("outcomes", () => {
  test.each(["", "?by=agent", "?by=kind", "?by=__proto__"])(
    "are of what the viewer may read alone: %s",
    async (query) => {
      const { status, text } = await world.get(`/outcomes${query}`);

      expect(status).toBe(200);
      expect(text).toContain("of the 8 tasks that changed last");
      expect(text).not.toContain("acme/shop");
      expect(text).toMatch(/<svg class="weeks" role="img" aria-label="Decided each week: week of 2026-/);
    },
  );

  test("can be kept as a table, with the same rows", async () => {
    const { headers, text } = await world.get("/outcomes.csv");

    expect(headers.get("content-disposition")).toBe('attachment; filename="outcomes.csv"');
    expect(text.trim().split("\r\n")).toHaveLength(9);
    expect(text).not.toContain("acme/shop");
  });

  test("of nothing say when there will be some", async () => {
    const empty = await startDashboard({ signIn: lettingIn({ login: "ada", mayRead: async () => true }) });
    try {
      expect((await empty.get("/outcomes")).text).toContain("Nothing has come out yet");
      expect((await empty.get("/queue")).text).toContain("Nothing waits for a worker.");
    } finally {
      await empty.close();
    }
  });
});
