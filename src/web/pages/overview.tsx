import { type TaskLine, taskLine } from "../../views/task-line.ts";
import type { MakePage } from "../page.ts";
import { Ago, Badge, Cost, Since } from "../parts/words.tsx";

/** The first page: what waits for a person, what runs, what has ended. */
export const overviewPage: MakePage = async ({ viewer }, { ports }) => {
  const tasks = await ports.tasks.find({ live: true });
  const readable = await Promise.all(tasks.map(({ id }) => viewer.mayRead(id.repositoryId)));
  const lines = tasks.filter((_, at) => readable[at]).map(taskLine);
  return { title: "Overview", content: <Overview lines={lines} now={ports.clock.now()} /> };
};

type OverviewPage = { lines: TaskLine[]; now: Date };

const Overview = ({ lines, now }: OverviewPage) => (
  <>
    <h1>Overview</h1>
    {lines.length === 0 ? <Nothing /> : <Lines lines={lines} now={now} />}
  </>
);

const Lines = ({ lines, now }: OverviewPage) => (
  <ul class="lines">
    {lines.map((line) => (
      <li>
        <a href={`/tasks/${line.key}`}>{line.title}</a> <Badge saying={line.saying} />
        <span class="muted">
          {` ${line.repository}#${line.issue} `}
          <Ago at={line.since} now={now} />
        </span>
        {line.runningSince && <Since at={line.runningSince} now={now} />}
        <Cost usd={line.costUsd} />
      </li>
    ))}
  </ul>
);

const Nothing = () => (
  <section class="notice">
    <h2>Nothing to see yet</h2>
    <p>Label an issue `agent-task`, and it appears here.</p>
  </section>
);
