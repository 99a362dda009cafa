import { isUnderWay } from "../../domain/task/state.ts";
import type { Task } from "../../domain/task/task.ts";
import { type AgentLog, agentLogOf } from "../../views/agent-log.ts";
import { agentLogs } from "../../views/task-files.ts";
import { costOfTask } from "../../views/task-line.ts";
import { findTask } from "../find-task.ts";
import type { MakePage, PageSources } from "../page.ts";
import { TaskFrame } from "../parts/task-frame.tsx";
import { Cost } from "../parts/words.tsx";

/** The kinds of entries that look other than the rest. */
const coloured = new Set(["tool", "thought"]);

/** More than this of one log is not read for a page, in bytes; the file has all of it. */
const mostBytes = 4 * 1024 * 1024;

/** What the agent said and did: plan, tool calls and words, quoted as such. */
export const agentLogPage: MakePage = async (request, sources) => {
  const task = await findTask(request, sources);
  if (!task) return undefined;
  const logs = await readLogs(task, sources);
  const content = (
    <TaskFrame task={task} tab="/log" sources={sources}>
      <p class="muted">
        The agent’s own words and acts, quoted. What was measured stands under Evidence. Cost so far:{" "}
        <Cost usd={costOfTask(task)} />
      </p>
      {logs.length === 0 ? <NoLog task={task} /> : logs.map((log) => <LogBox {...log} />)}
    </TaskFrame>
  );
  return { title: `Agent log of ${task.issue.title}`, content };
};

type NamedLog = { title: string; log: AgentLog };

async function readLogs(task: Task, { ports }: PageSources): Promise<NamedLog[]> {
  const read = await Promise.all(
    agentLogs(task).map(async (artefact) => {
      const bytes = await ports.artefacts.read(artefact);
      if (!bytes) return [];
      const text = Buffer.from(bytes.subarray(-mostBytes)).toString("utf8");
      return [{ title: titleOf(artefact), log: agentLogOf(text) }];
    }),
  );
  return read.flat();
}

function titleOf(artefact: string): string {
  const [, number, repair] = /timeline-(\d+)(?:-repair-(\d+))?\.jsonl$/.exec(artefact) ?? [];
  return `${number === "1" ? "First attempt" : "Correction"}${repair ? `, repair ${repair}` : ""}`;
}

const LogBox = ({ title, log }: NamedLog) => (
  <section class="box" aria-label={title}>
    <header>
      <h2>{title}</h2>
      {log.before > 0 && <p>{`${log.before} entries stand before these`}</p>}
    </header>
    <ol class="log">
      {log.entries.map(({ kind, text }) => (
        <li class={coloured.has(kind) ? `of-${kind}` : undefined}>
          <span class="kind">{kind}</span>
          <pre>{text}</pre>
        </li>
      ))}
    </ol>
  </section>
);

const NoLog = ({ task }: { task: Task }) => (
  <section class="notice">
    <h2>No words of the agent yet</h2>
    <p>
      {isUnderWay(task)
        ? "They are written down when a leg of the attempt ends. The timeline shows each step at once."
        : "No agent has worked on this task, or its log is on another machine."}
    </p>
  </section>
);
