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
    expect(text).toContain("A fetch that works. It is tried again by itself.");
    expect(text).toMatch(/<dt>Engine<\/dt><dd>memory<\/dd>/);
    expect(text).not.toContain("Show the delivery date");
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
