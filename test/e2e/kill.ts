import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openEmbeddedStore } from "../../src/adapters/store/embedded/open-embedded-store.ts";
import type { HistoryEntry, Task } from "../../src/domain/task/task.ts";
import { patienceMs } from "../support/patience.ts";
import { recordingLog } from "../support/recording-log.ts";
import type { Exit, LogLine } from "../support/service-process.ts";
import { type Delegated, ends, type Lane, label, openIssue, repositoryOf } from "./lane.ts";
import type { Moment } from "./moments.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** What became of one killing. */
export type Killed = {
  moment: Moment;
  task: Delegated;
  attempt: number;
  killedAt: string;
  /** From the new start to the attempt's end, in milliseconds. */
  recoveryMs: number;
};

/** Kills the service at a moment of the first attempt, starts it again and waits for the attempt's end. */
export async function killInAttempt(lane: Lane, moment: Moment, owner: string): Promise<Killed> {
  const task = await openIssue(lane, owner, moment.goal);
  return killAt({ lane, moment, task, attempt: 1 }, () => label(lane, task));
}

/** The same at a moment of the correction; its first attempt is left in peace. */
export async function killInCorrection(lane: Lane, moment: Moment, owner: string): Promise<Killed> {
  const task = await openIssue(lane, owner);
  await label(lane, task);
  await lane.service().line(ends(task, 1));
  const pull = { repository: task.repository, number: 2 };
  const ask = () =>
    lane.double.github.as("ada").comments(pull, `/retry ${moment.words ?? "make it shorter"}`);
  return killAt({ lane, moment, task, attempt: 2 }, ask);
}

async function within(arrival: Promise<void>, name: string): Promise<void> {
  const bound = new AbortController();
  const late = pause(patienceMs, "late", { signal: bound.signal }).catch(() => "late");
  const what = await Promise.race([arrival, late]);
  bound.abort();
  if (what === "late") throw new Error(`the moment "${name}" never came`);
}

/** The same at a moment of the questions about a published change; the end is that all are asked. */
export async function killInQuestions(lane: Lane, moment: Moment, owner: string): Promise<Killed> {
  const task = await openIssue(lane, owner);
  const end: LineOf = (line) => line.msg === "questions asked" && repositoryOf(line) === task.repositoryId;
  return killAt({ lane, moment, task, attempt: 1, end }, () => label(lane, task));
}

type LineOf = (line: LogLine) => boolean;
type Killing = { lane: Lane; moment: Moment; task: Delegated; attempt: number; end?: LineOf };

async function killAt(
  { lane, moment, task, attempt, end = ends(task, attempt) }: Killing,
  ask: () => Promise<unknown>,
): Promise<Killed> {
  const arrived = moment.watch(lane, task);
  await ask();
  await within(arrived(), moment.name);
  const killed = lane.service();
  await killed.kill("SIGKILL");
  const killedAt = new Date().toISOString();
  const began = performance.now();
  const restarted = await lane.start();
  if (!killed.lines.some(end)) await restarted.line(end);
  return { moment, task, attempt, killedAt, recoveryMs: Math.round(performance.now() - began) };
}

/** What a task left behind: on GitHub, and in the ledger. */
export type Trace = Outcome & { killed: Killed; ledger: Task; lastStep: string };

/** What the history calls that which is a durable step, and under which name SPEC section 12 has it. */
const steps: Record<string, string> = {
  "asked for": "accepted",
  "correction asked for": "accepted",
  "checked out": "checked out",
  tried: "tried",
  "agent done": "agent done",
  trimmed: "agent done",
  proved: "proved",
  committed: "committed",
  attested: "attested",
  "taken up": "queued",
  started: "started",
  "PR opened": "PR opened",
  reported: "reported",
  published: "published",
  "asked 1": "asked",
  "questions kept": "questions kept",
};

/** The last durable step that the history has of an attempt before a moment. */
function lastStep(history: HistoryEntry[], { attempt, killedAt }: Killed): string {
  const asked = history.findLastIndex(
    ({ what }) => what === (attempt === 1 ? "asked for" : "correction asked for"),
  );
  const before = history.slice(Math.max(asked, 0)).filter(({ at }) => at <= killedAt);
  return before.flatMap(({ what }) => steps[what] ?? []).at(-1) ?? "nothing";
}

/** Ends the service as an operator would, then looks at GitHub and into the ledger. */
export async function traceAll(lane: Lane, killed: Killed[]): Promise<{ exit: Exit; traces: Trace[] }> {
  const exit = await lane.service().kill("SIGTERM");
  const store = await openEmbeddedStore({
    directory: join(lane.dataDir, "store"),
    clock: { now: () => new Date() },
    log: recordingLog(),
  });
  const traces: Trace[] = [];
  for (const one of killed) {
    const { task } = one;
    const id = { repositoryId: task.repositoryId, issueNumber: task.number, round: 1 };
    const [ledger, history] = await Promise.all([store.tasks.read(id), store.tasks.history(id)]);
    if (!ledger) throw new Error(`the ledger has no task of ${task.repository}`);
    traces.push({ ...(await outcomeOf(lane, task)), killed: one, ledger, lastStep: lastStep(history, one) });
  }
  await store.close();
  return { exit, traces };
}
