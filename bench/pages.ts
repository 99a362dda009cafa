import { pino } from "pino";
import { systemClock } from "../src/adapters/host/system-clock.ts";
import { openEmbeddedStore } from "../src/adapters/store/embedded/open-embedded-store.ts";
import { taskStates } from "../src/domain/task/state.ts";
import { aTask } from "../test/fixtures/tasks.ts";
import { temporaryDirectory } from "../test/support/temporary-directory.ts";
import { lettingIn, startDashboard } from "../test/web/dashboard-world.ts";
import { round, spread } from "./timed.ts";

const pages = [
  "/",
  "/?q=cart",
  "/?q=no+such+word",
  "/?show=review",
  "/queue",
  "/outcomes",
  "/tasks/task-1-1-1",
];
const rounds = 25;

/** What each page of the dashboard costs with 10,000 tasks in the embedded store, against what it costs with 100. */
export async function benchPages(): Promise<void> {
  const few = await measurePages(100);
  const many = await measurePages(10_000);
  console.table(
    pages.map((page, at) => {
      const [before, after] = [few[at], many[at]];
      const ratio = round((after?.ms ?? 0) / (before?.ms ?? 1));
      return {
        page,
        "100 tasks, ms": before?.ms,
        "10,000 tasks, ms": after?.ms,
        ratio,
        spread: after?.spread,
      };
    }),
  );
}

async function measurePages(count: number): Promise<{ ms: number; spread: number }[]> {
  const { directory, remove } = await temporaryDirectory();
  const store = await openEmbeddedStore({ clock: systemClock, log: pino({ level: "silent" }), directory });
  for (let number = 1; number <= count; number++)
    await store.tasks.create({ task: sampleTask(number), entries: [] });
  const world = await startDashboard(
    { signIn: lettingIn({ login: "ada", mayRead: async () => true }) },
    store,
  );
  const found: { ms: number; spread: number }[] = [];
  for (const page of pages) {
    const times: number[] = [];
    for (let turn = 0; turn < rounds; turn++) {
      const start = performance.now();
      await world.get(page);
      times.push(performance.now() - start);
    }
    const median = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
    found.push({ ms: round(median), spread: round(spread(times)) });
  }
  await world.close();
  await remove();
  return found;
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
