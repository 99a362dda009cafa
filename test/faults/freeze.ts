import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openArtefacts } from "../../src/adapters/artefacts/open-artefacts.ts";
import { type Delegated, ends, type Lane, label, openIssue, openLane, repositoryOf } from "../e2e/lane.ts";
import { outcomeOf } from "../e2e/outcome.ts";
import { s3Server } from "../support/s3-server.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";
import type { LogLine, ServiceProcess } from "../support/service-process.ts";
import { type EngineName, startEngine } from "./engines.ts";
import { judgeOutcome } from "./judge-history.ts";

/** How many attempts are frozen in mid-step with their worker, and thawed when another worker has finished them. */
export type FreezeOrder = { engine: EngineName; trials: number; seed: number };

/** In which steps they were frozen, and each effect that came after the other had taken over. */
export type FreezeReport = { order: FreezeOrder; seconds: number; steps: string[]; faults: string[] };

/** The steps in which a worker writes to GitHub, or has long work to lose; in one of them the first of a batch is frozen. */
const steps = ["worked", "proved", "committed", "attested", "merge tried", "PR opened", "reported"];

/** Attempts at once: whoever takes over waits for a lock of 5 s and a look of 2.5 s, which is waited for once for all of them. */
const batch = 8;

/** Objects that no ref names are seen by nobody; GitHub's own collection takes them away. */
const unseen = /\/git\/(?:trees|commits|blobs)$/;

/** Freezes a worker in a step, lets another on another machine finish, and thaws it: nothing of it may be seen any more. */
export async function freeze(order: FreezeOrder): Promise<FreezeReport> {
  const began = performance.now();
  const [engine, bucket] = await Promise.all([startEngine(order.engine), s3Server()]);
  const settings = { SANDBOX: "none", ONBOARDING: "none", CONCURRENCY: String(batch) };
  const lane = await openLane({ ...engine.environment, ...bucket.environment, ...settings });
  try {
    const artefacts = await openArtefacts({ directory: "", s3: bucket.place, proxies: { direct: [] } });
    await lane.start({ ROLE: "web", AGENT: "" });
    const machines = ["machine-1", "machine-2"].map((name) => ({ DATA_DIR: join(lane.dataDir, name) }));
    const workers = await Promise.all(machines.map((machine) => lane.start({ ROLE: "worker", ...machine })));
    const chance = seededNumbers(order.seed);
    const report: FreezeReport = { order, seconds: 0, steps: [], faults: [] };
    for (let round = 0; report.steps.length < order.trials; round++) {
      const step = steps[Math.floor(chance() * steps.length)] ?? "";
      const frozen = await freezeOnce({ ...lane, artefacts }, { round, step, workers });
      report.steps.push(...frozen.steps);
      console.log(
        `  ${[`${report.steps.length} frozen, the last in "${step}"`, ...frozen.faults].join("\n    ")}`,
      );
      report.faults.push(...frozen.faults.map((fault) => `${round}, frozen in "${step}": ${fault}`));
    }
    return { ...report, seconds: Math.round((performance.now() - began) / 1_000) };
  } finally {
    await lane.close();
    await engine.remove();
    await bucket.remove();
  }
}

type Round = { round: number; step: string; workers: ServiceProcess[] };

async function freezeOnce(
  lane: Lane,
  { round, step, workers }: Round,
): Promise<Pick<FreezeReport, "steps" | "faults">> {
  const names = Array.from({ length: batch }, (_, at) => `frozen-${round}-${at}`);
  const tasks = await Promise.all(names.map((name) => openIssue(lane, name)));
  const [first] = tasks;
  if (!first) return { steps: [], faults: [] };
  const stopped = stoppedIn(first, { step, workers });
  await Promise.all(tasks.map((task) => label(lane, task)));
  const worker = await stopped;
  // What it wrote before it was stopped has to be read.
  await pause(readMs);
  const held = tasks.flatMap((task) => {
    const inside = stepOf(worker, task);
    return inside === undefined ? [] : [{ task, step: inside }];
  });
  const heir = workers.find((other) => other !== worker);
  const isDone = (task: Delegated) => worker.lines.some(ends(task, 1));
  const slow: string[] = [];
  const patiently = async (what: string, line: Promise<LogLine> | undefined): Promise<void> => {
    await line?.catch((error: Error) => slow.push(`${what}: ${error.message}`));
  };
  const left = tasks.filter((task) => !isDone(task));
  await Promise.all(
    left.map((task) => patiently(`${task.repository} was not finished`, heir?.line(ends(task, 1), waitMs))),
  );
  const effects = () =>
    lane.double.effects
      .list()
      .filter(({ repository }) => tasks.some((task) => task.repository === repository));
  const before = effects().length;
  worker.tell("SIGCONT");
  await Promise.all(
    held.map(({ task }) =>
      patiently(
        `${task.repository} was not let go`,
        worker.line((line) => letsGo(line, task), thawMs),
      ),
    ),
  );
  const late = effects()
    .slice(before)
    .filter(({ path }) => !unseen.test(path))
    .map(({ method, path }) => `${method} ${path}`);
  const outcomes = await Promise.all(tasks.map((task) => outcomeOf(lane, task)));
  return {
    steps: held.map((one) => one.step),
    faults: [
      ...slow,
      ...late.map((effect) => `after the other had ended: ${effect}`),
      ...outcomes.flatMap((outcome) => judgeOutcome(outcome)),
    ],
  };
}

/** How long anything may take before that is a fault, in milliseconds. */
const waitMs = 3 * 60_000;

/** How long a thawed worker may take to see that an attempt is no longer its own, in milliseconds. */
const thawMs = 30_000;

/** How long the end of a stopped process's log may take to arrive, in milliseconds. */
const readMs = 500;

/** The step that a worker is in for a task; undefined where it is in none. */
function stepOf({ lines }: ServiceProcess, { repositoryId }: Delegated): string | undefined {
  const open = new Set<string>();
  for (const line of lines) {
    if (repositoryOf(line) !== repositoryId || typeof line.step !== "string") continue;
    if (line.msg === "step begun") open.add(line.step);
    else if (line.msg === "step done") open.delete(line.step);
  }
  return [...open].at(-1);
}

/** The worker that begins the step, stopped at once. */
function stoppedIn(
  task: Delegated,
  { step, workers }: Pick<Round, "step" | "workers">,
): Promise<ServiceProcess> {
  const found = { isStopped: false };
  return Promise.any(
    workers.map(async (worker) => {
      await worker.line(
        (line) => line.msg === "step begun" && line.step === step && repositoryOf(line) === task.repositoryId,
      );
      // The heir begins the same step, and nobody stops it.
      if (found.isStopped) throw new Error("another is stopped");
      found.isStopped = true;
      worker.tell("SIGSTOP");
      return worker;
    }),
  );
}

/** Whether a line says that a worker gives an attempt up to the one who has it. */
function letsGo({ msg, job }: LogLine, { repositoryId }: Delegated): boolean {
  const task = (job as { task?: { repositoryId?: number } } | undefined)?.task;
  // Whose connections broke while it was frozen meets that first, and leaves the attempt all the same.
  return (
    (msg === "attempt taken over" || msg === "attempt interrupted") && task?.repositoryId === repositoryId
  );
}
