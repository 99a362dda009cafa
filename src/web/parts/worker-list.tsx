import type { WorkerLine } from "../../views/worker-line.ts";
import { Ago, Since } from "./words.tsx";

/** The workers that live, and what each does. */
export const WorkerList = ({ workers, now }: { workers: WorkerLine[]; now: Date }) => (
  <section class="box" aria-label="Workers">
    <header>
      <h2>Workers</h2>
      <span class="count">{workers.length}</span>
    </header>
    {workers.length === 0 ? (
      <p class="inside muted">No worker was heard of in the last minute.</p>
    ) : (
      <table class="facts-table">
        <thead>
          <tr>
            <th scope="col">Worker</th>
            <th scope="col">At work</th>
            <th scope="col">Version</th>
            <th scope="col">Started</th>
            <th scope="col">Last heard of</th>
          </tr>
        </thead>
        <tbody>
          {workers.map((worker) => (
            <Row worker={worker} now={now} />
          ))}
        </tbody>
      </table>
    )}
  </section>
);

const Row = ({ worker, now }: { worker: WorkerLine; now: Date }) => (
  <tr>
    <td>
      <code>{worker.name}</code>
    </td>
    <td>
      {worker.slots}
      {worker.work.map(({ key, what, since }) => (
        <div>
          {key === undefined ? what : <a href={`/tasks/${key}`}>{what}</a>} (<Since at={since} now={now} />)
        </div>
      ))}
    </td>
    <td>{worker.version}</td>
    <td>
      <Ago at={worker.startedAt} now={now} />
    </td>
    <td>
      <Ago at={worker.seenAt} now={now} />
    </td>
  </tr>
);
