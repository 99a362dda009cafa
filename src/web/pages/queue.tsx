import type { Delivery } from "../../domain/task/delivery.ts";
import type { Task } from "../../domain/task/task.ts";
import type { QueueDepth } from "../../ports/store.ts";
import { shownLine } from "../../views/shown-text.ts";
import { taskLine } from "../../views/task-line.ts";
import { workerLine } from "../../views/worker-line.ts";
import type { MakePage, PageSources } from "../page.ts";
import { TaskList } from "../parts/task-list.tsx";
import { Ago } from "../parts/words.tsx";
import { WorkerList } from "../parts/worker-list.tsx";

/** More than these of each kind are on the overview, a page at a time. */
const mostShown = 50;

/** What waits and why, what runs, on which engine, and what GitHub told us that nobody has handled yet. */
export const queuePage: MakePage = async (request, { ports, about }) => {
  const repositories = (await request.repositories()).map(({ id }) => id);
  const select = (states: Task["state"][]): Promise<Task[]> =>
    repositories.length === 0
      ? Promise.resolve([])
      : ports.tasks.select({ repositories, states, skip: 0, limit: mostShown });
  const [running, queued, held, depth, pending, workers] = await Promise.all([
    select(["running", "correcting"]),
    select(["queued"]),
    select(["held"]),
    ports.queue.depth(),
    ports.inbox.pending(mostShown),
    ports.workers.list(),
  ]);
  const now = ports.clock.now();
  const readable = new Set(repositories);
  const content = (
    <>
      <h1>Queue and workers</h1>
      <Facts about={about} depth={depth} />
      <WorkerList workers={workers.slice(0, mostShown).map((one) => workerLine(one, readable))} now={now} />
      <Tasks title="At work" tasks={running} now={now} empty="No agent is at work." />
      {/* The store lists what changed last first, and the queue takes what has waited longest. */}
      <Tasks title="Next" tasks={queued.toReversed()} now={now} empty="Nothing waits for a worker." />
      <Tasks title="Held" tasks={held} now={now} empty="Nothing is held." />
      <Deliveries pending={pending} now={now} />
    </>
  );
  return { title: "Queue", content };
};

const Facts = ({ about, depth }: { about: PageSources["about"]; depth: QueueDepth }) => (
  <dl class="figures">
    {Object.entries({
      "Waiting jobs": depth.waiting,
      "Jobs at work": depth.active,
      ...about,
    }).map(([name, value]) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const Tasks = ({ title, tasks, now, empty }: { title: string; tasks: Task[]; now: Date; empty: string }) => (
  <section class="box" aria-label={title}>
    <header>
      <h2>{title}</h2>
      <span class="count">{tasks.length}</span>
    </header>
    {tasks.length === 0 ? (
      <p class="inside muted">{empty}</p>
    ) : (
      <TaskList lines={tasks.map(taskLine)} now={now} />
    )}
  </section>
);

/** What a delivery is about may belong to a repository that the viewer cannot read, so only its kind is shown. */
const Deliveries = ({ pending, now }: { pending: Delivery[]; now: Date }) => (
  <section class="box" aria-label="Deliveries">
    <header>
      <h2>Deliveries that wait</h2>
      <span class="count">{pending.length}</span>
    </header>
    {pending.length === 0 ? (
      <p class="inside muted">Everything that GitHub told us was handled.</p>
    ) : (
      <table class="facts-table">
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Received</th>
            <th scope="col">Id, as GitHub lists it</th>
          </tr>
        </thead>
        <tbody>
          {pending.map(({ event, id, receivedAt }) => (
            <tr>
              <td>{shownLine(event, 60)}</td>
              <td>
                <Ago at={receivedAt} now={now} />
              </td>
              <td>
                <code>{shownLine(id, 80)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
