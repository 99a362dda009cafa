import type { Child } from "hono/jsx";
import type { Task } from "../../domain/task/task.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import { taskLine } from "../../views/task-line.ts";
import { verdictSayings } from "../../views/tones.ts";
import type { PageSources } from "../page.ts";
import { Ago, Badge, Cost, Prose, Since } from "./words.tsx";

/** The pages of one task, each with the end of its address. */
const tabs = [
  { end: "", name: "Timeline" },
  { end: "/changes", name: "Changes" },
  { end: "/log", name: "Agent log" },
] as const;

type TaskFrameProps = {
  task: Task;
  tab: (typeof tabs)[number]["end"];
  sources: PageSources;
  children: Child;
};

/** What stands above each page of a task: what it is, how it stands, where it leads on GitHub. */
export const TaskFrame = ({ task, tab, sources, children }: TaskFrameProps) => (
  <>
    <TaskHeading task={task} sources={sources} />
    <nav class="tabs" aria-label="Pages of this task">
      <ul>
        {tabs.map(({ end, name }) => (
          <li>
            <a href={`/tasks/${taskKey(task.id)}${end}`} aria-current={end === tab ? "page" : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    {children}
  </>
);

const TaskHeading = ({ task, sources }: Pick<TaskFrameProps, "task" | "sources">) => {
  const line = taskLine(task);
  const now = sources.ports.clock.now();
  const place = `${sources.serverUrl}/${encodeURIComponent(task.repository.owner)}/${encodeURIComponent(task.repository.name)}`;
  return (
    <div class="heading">
      <h1>
        {line.title} <span class="muted">{`#${line.issue}`}</span>
      </h1>
      <p class="facts">
        <Badge saying={line.saying} />
        {line.verdict && <Badge saying={verdictSayings[line.verdict]} />}
        <a href={`${place}/issues/${line.issue}`}>{`${line.repository}#${line.issue}`}</a>
        {line.pullRequest && (
          <a href={`${place}/pull/${line.pullRequest}`}>{`Pull request #${line.pullRequest}`}</a>
        )}
        <span class="muted">{`asked by ${line.askedBy}`}</span>
        {line.runningSince ? (
          <span>
            at work for <Since at={line.runningSince} now={now} />
          </span>
        ) : (
          <span class="muted">
            <Ago at={line.since} now={now} />
          </span>
        )}
        <span class="muted">
          cost <Cost usd={line.costUsd} />
        </span>
      </p>
      {line.reason && (
        <p>
          <Prose text={line.reason} />
        </p>
      )}
      {line.next && (
        <p>
          <b>
            <Prose text={line.next.title} />
          </b>{" "}
          <Prose text={line.next.text} />
        </p>
      )}
    </div>
  );
};
