import { isUnderWay } from "../../domain/task/state.ts";
import { currentAttempt, type Task } from "../../domain/task/task.ts";
import { type AgentLog, agentLogOf, shownEntry } from "../../views/agent-log.ts";
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
  const live = liveLogOf(task, sources);
  const content = (
    <TaskFrame task={task} tab="/log" sources={sources}>
      <p class="muted">
        The agent’s own words and acts, quoted. What was measured stands under Evidence. Cost so far:{" "}
        <Cost usd={costWith(task, live?.usd)} />
      </p>
      {logs.length === 0 && !live ? <NoLog task={task} /> : logs.map((log) => <LogBox {...log} />)}
      {live && <LogBox title={`${logTitle(live)}, under way`} log={live.log} />}
    </TaskFrame>
  );
  return { title: `Agent log of ${task.issue.title}`, content };
};

type TitledLog = { title: string; log: AgentLog };

async function readLogs(task: Task, { ports }: PageSources): Promise<TitledLog[]> {
  const read = await Promise.all(
    agentLogs(task).map(async (artefact) => {
      const bytes = await ports.artefacts.read(artefact);
      if (!bytes) return [];
      const text = Buffer.from(bytes.subarray(-mostBytes)).toString("utf8");
      const [, number, repair] = /timeline-(\d+)(?:-repair-(\d+))?\.jsonl$/.exec(artefact) ?? [];
      const title = logTitle({ attempt: Number(number), leg: Number(repair ?? 0) });
      return [{ title, log: agentLogOf(text) }];
    }),
  );
  return read.flat();
}

/** What the agent says in a leg that has not ended, as this process has heard it. */
function liveLogOf(task: Task, { liveLogs }: PageSources) {
  const live = isUnderWay(task) ? liveLogs.of(task.id) : undefined;
  const { number, legs = [] } = currentAttempt(task) ?? {};
  if (!live || live.attempt !== number || live.leg !== legs.length) return undefined;
  return { ...live, log: { entries: live.entries.map(shownEntry), before: live.before } };
}

/** With what the leg under way has cost so far, where that is known. */
function costWith(task: Task, usd: number | null | undefined): number | null {
  const cost = costOfTask(task);
  return usd == null ? cost : (cost ?? 0) + usd;
}

function logTitle({ attempt, leg }: { attempt: number; leg: number }): string {
  return `${attempt === 1 ? "First attempt" : "Correction"}${leg > 0 ? `, repair ${leg}` : ""}`;
}

const LogBox = ({ title, log }: TitledLog) => (
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
        ? "They are shown as they come. The timeline shows each step at once."
        : "No agent has worked on this task, or its log is on another machine."}
    </p>
  </section>
);
