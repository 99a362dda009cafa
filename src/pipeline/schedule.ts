import type { Hold } from "../domain/task/hold.ts";
import { awaitsTurn } from "../domain/task/hold.ts";
import { moved, noting } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { Tasks } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { jobOf, needsJob } from "../queue/job-of.ts";
import { decideRelease, type ReleaseDecision } from "../schedule/decide-release.ts";
import type { TurnRules } from "../schedule/situation.ts";
import { snapshotTurns } from "../schedule/snapshot-turns.ts";
import { gatherTurnRules, lookAtDependencies } from "./gather-turn-rules.ts";
import { showPresent } from "./show.ts";

/** What one scheduler at a time is by, in all processes on one store. */
const scheduleKey = "schedule";

/**
 * Whoever stood still for longer than this, in milliseconds, between two of its steps may have lost the lock, and acts upon its
 * decision no more. A lock that is held is renewed meanwhile, however long a pass takes.
 */
const frozenMs = 5_000;

/** A task that waits for a worker is shown as held once it has waited for so long, in milliseconds. */
const passingMs = 10_000;

/** `look` asks GitHub again for the issues that tasks depend on; else what was last seen of them counts. */
type SchedulePass = { look: boolean; done: Promise<void> };

/** The last pass for a ledger that has not ended, and the one behind it, which all share who ask meanwhile. */
const passes = new WeakMap<Tasks, { last: Promise<void>; next: SchedulePass | undefined }>();

/**
 * Something may have made room → the waiting tasks whose turn it is are let go, and what holds the others is shown. It never
 * rejects: what goes wrong is logged, and reconcile comes again. Tasks are shown under their issues' locks.
 */
export function schedule(ports: Ports, { look = false } = {}): Promise<void> {
  const known = passes.get(ports.tasks) ?? { last: Promise.resolve(), next: undefined };
  passes.set(ports.tasks, known);
  if (known.next) {
    known.next.look ||= look;
    return known.next.done;
  }
  const pass: SchedulePass = { look, done: Promise.resolve() };
  pass.done = known.last.then(async () => {
    known.next = undefined;
    await runPass(pass, ports).catch((err) => ports.log.error({ err }, "tasks could not be scheduled"));
  });
  known.next = pass;
  known.last = pass.done;
  return pass.done;
}

async function runPass({ look }: SchedulePass, ports: Ports): Promise<void> {
  const waiting = (await ports.tasks.find({ live: true, states: ["queued", "held"] })).filter(awaitsTurn);
  if (waiting.length === 0) return;
  await lookAtDependencies(waiting, { look }, ports);
  const rules = await gatherTurnRules(waiting, ports);
  const changed = await ports.locks.exclusively(scheduleKey, () => decideAndWrite(rules, ports));
  // The ledger has it by now: a job that is lost here is added by reconcile.
  for (const { after } of changed) if (needsJob(after)) await ports.queue.add(jobOf(after));
  for (const { before, after } of changed)
    if (before.state !== after.state || before.hold) await tellHold(after, ports);
}

type ChangedTask = { before: Task; after: Task };

async function decideAndWrite(
  rules: ReadonlyMap<number, TurnRules>,
  ports: Pick<Ports, "clock" | "log" | "tasks">,
): Promise<ChangedTask[]> {
  const now = ports.clock.now();
  const live = await readLive([...rules.keys()], ports);
  const decision = decideRelease(snapshotTurns(live, { rules, now }));
  const changed: ChangedTask[] = [];
  let lastAt = now.getTime();
  for (const before of live) {
    const { change, what } = rewritingFor(before, decision, now.toISOString());
    if (!change) continue;
    const at = ports.clock.now().getTime();
    // What was written until now stands; reconcile goes on with the rest.
    if (at - lastAt > frozenMs) return changed;
    lastAt = at;
    const after = await ports.tasks.change(before.id, (present) =>
      awaitsTurn(present) ? change(present) : undefined,
    );
    ports.log.info({ task: before.id, hold: after.hold?.kind }, what);
    changed.push({ before, after });
  }
  return changed;
}

/** Whatever waits or is at work anywhere, and the open pull requests of the repositories in question. */
async function readLive(repositories: number[], { tasks }: Pick<Ports, "tasks">): Promise<Task[]> {
  const busy = await tasks.find({ live: true, states: ["queued", "held", "running", "correcting"] });
  const proposed = await Promise.all(
    repositories.map((repositoryId) => tasks.find({ live: true, repositoryId, states: ["proposed"] })),
  );
  return [...busy, ...proposed.flat()];
}

type Rewriting = { what: string; change?: (task: Task) => ReturnType<typeof noting> };

function rewritingFor(task: Task, { start, held }: ReleaseDecision, at: string): Rewriting {
  const key = taskKey(task.id);
  const hold = held.get(key);
  if (start.includes(key)) return { what: "task released", change: (present) => releaseNow(present, at) };
  if (!hold || isSameHold(hold, task.hold) || isMomentary(hold, task, at)) return { what: "" };
  const details = { ...hold };
  return {
    what: "task held",
    change: (present) =>
      noting(
        present.state === "queued" ? moved(present, "held") : present,
        { hold },
        { at, what: "held", details },
      ),
  };
}

function releaseNow(task: Task, at: string): ReturnType<typeof noting> {
  const queued = task.state === "held" ? moved(task, "released") : task;
  return noting(queued, { hold: undefined, release: { at } }, { at, what: "released" });
}

/** Of several that come at once the last may wait for a worker for a moment, of which nobody need be told. */
function isMomentary(hold: Hold, task: Task, at: string): boolean {
  const isForWorker = hold.kind === "concurrency" && hold.of === "worker";
  return isForWorker && !task.hold && Date.parse(at) - Date.parse(task.createdAt) < passingMs;
}

function isSameHold(one: Hold, other: Hold | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Where nobody can be told now, the comment says it with the next change, or when somebody asks. */
async function tellHold({ id }: Task, ports: Ports): Promise<void> {
  await showPresent(id, ports).catch((err) =>
    ports.log.warn({ task: id, err }, "nobody could be told what holds a task"),
  );
}
