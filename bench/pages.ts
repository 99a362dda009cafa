import { pino } from "pino";
import { systemClock } from "../src/adapters/host/system-clock.ts";
import { openEmbeddedStore } from "../src/adapters/store/embedded/open-embedded-store.ts";
import { taskStates } from "../src/domain/task/state.ts";
import { aTask } from "../test/fixtures/tasks.ts";
import { temporaryDirectory } from "../test/support/temporary-directory.ts";
import { type DashboardWorld, lettingIn, startDashboard } from "../test/web/dashboard-world.ts";
import { round, spread } from "./timed.ts";

const pages = [
  "/",
  "/?q=cart",
  "/?q=part",
  "/?q=no+such+word",
  "/?show=review",
  "/queue",
  "/outcomes",
  "/tasks/task-1-1-1",
];
const rounds = 25;
const log = pino({ level: "silent" });
const warmUps = 10;

/**
 * What each page of the dashboard costs with 10,000 tasks in the embedded store, against what it costs with 100. Both stores
 * are open, and are asked in turns: else the one that is asked last has the warmer compiler.
 */
export async function benchPages(): Promise<void> {
  const [few, many] = [await openWorld(100), await openWorld(10_000)];
  const rows: Record<string, unknown>[] = [];
  for (const page of pages) {
    const [before = [], after = []] = await timedRequests([few, many], page);
    rows.push({
      page,
      "100 tasks, ms": round(median(before)),
      "10,000 tasks, ms": round(median(after)),
      ratio: round(median(after) / median(before)),
      spread: round(spread(after)),
    });
  }
  console.table(rows);
  for (const world of [few, many]) await world.close();
}

/**
 * What each world's answer with a page cost of the processor, each time, in milliseconds: the embedded database is in this
 * process, and other processes of the machine do not count.
 */
async function timedRequests(worlds: PageWorld[], page: string): Promise<number[][]> {
  const times: number[][] = worlds.map(() => []);
  for (let turn = -warmUps; turn < rounds; turn++)
    for (const [at, world] of worlds.entries()) {
      const start = process.cpuUsage();
      await world.get(page);
      const { user, system } = process.cpuUsage(start);
      if (turn >= 0) times[at]?.push((user + system) / 1_000);
    }
  return times;
}

type PageWorld = Pick<DashboardWorld, "get" | "close">;

/** A dashboard over an embedded store with so many tasks. */
async function openWorld(count: number): Promise<PageWorld> {
  const { directory, remove } = await temporaryDirectory();
  const store = await openEmbeddedStore({ clock: systemClock, log, directory });
  for (let number = 1; number <= count; number++)
    await store.tasks.create({ task: sampleTask(number), entries: [] });
  const signIn = lettingIn({ login: "ada", mayRead: async () => true });
  const world = await startDashboard({ signIn }, store);
  const close = async (): Promise<void> => {
    await world.close();
    await remove();
  };
  return { get: world.get, close };
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Tasks of ten repositories in all states; every tenth has a cart in its title. */
function sampleTask(number: number): ReturnType<typeof aTask> {
  const repositoryId = 1 + (number % 10);
  const title = number % 10 === 0 ? `The cart forgets article ${number}` : `Mend part ${number}`;
  return aTask({
    id: { repositoryId: number === 1 ? 1 : repositoryId, issueNumber: number, round: 1 },
    issue: { title, author: "ada", body: "A brief. ".repeat(200) },
    state: taskStates[number % taskStates.length] ?? "queued",
    updatedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
  });
}
