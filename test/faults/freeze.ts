import { join } from "node:path";
import { openArtefacts } from "../../src/adapters/artefacts/open-artefacts.ts";
import { type Delegated, ends, type Lane, label, openIssue, openLane, repositoryOf } from "../e2e/lane.ts";
import { outcomeOf } from "../e2e/outcome.ts";
import { s3Server } from "../support/s3-server.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";
import type { LogLine, ServiceProcess } from "../support/service-process.ts";
import { type EngineName, startEngine } from "./engines.ts";
import { judgeOutcome } from "./judge-history.ts";

/** How many workers are frozen in mid-step and thawed when another has finished. */
export type FreezeOrder = { engine: EngineName; trials: number; seed: number };

/** In which steps they were frozen, and each effect that came after the other had taken over. */
export type FreezeReport = { order: FreezeOrder; steps: string[]; faults: string[] };

/** The steps in which a worker writes to GitHub, or has long work to lose. */
const steps = ["worked", "proved", "committed", "attested", "merge tried", "PR opened", "reported"];

/** Objects that no ref names are seen by nobody; GitHub's own collection takes them away. */
const unseen = /\/git\/(?:trees|commits|blobs)$/;

/** Freezes a worker in a step, lets another on another machine finish, and thaws it: nothing of it may be seen any more. */
export async function freeze(order: FreezeOrder): Promise<FreezeReport> {
  const [engine, bucket] = await Promise.all([startEngine(order.engine), s3Server()]);
  const lane = await openLane({ ...engine.environment, ...bucket.environment, SANDBOX: "none" });
  try {
    const artefacts = await openArtefacts({ directory: "", s3: bucket.place, proxies: { direct: [] } });
    await lane.start({ ROLE: "web", AGENT: "" });
    const machines = ["machine-1", "machine-2"].map((name) => ({ DATA_DIR: join(lane.dataDir, name) }));
    const workers = await Promise.all(machines.map((machine) => lane.start({ ROLE: "worker", ...machine })));
    const chance = seededNumbers(order.seed);
    const report: FreezeReport = { order, steps: [], faults: [] };
    for (let trial = 0; trial < order.trials; trial++) {
      const step = steps[Math.floor(chance() * steps.length)] ?? "";
      report.steps.push(step);
      const faults = await freezeOnce({ ...lane, artefacts }, { trial, step, workers });
      report.faults.push(...faults.map((fault) => `${trial}, frozen in "${step}": ${fault}`));
    }
    return report;
  } finally {
    await lane.close();
    await engine.remove();
    await bucket.remove();
  }
}

type Trial = { trial: number; step: string; workers: ServiceProcess[] };

async function freezeOnce(lane: Lane, { trial, step, workers }: Trial): Promise<string[]> {
  const task = await openIssue(lane, `frozen-${trial}`);
  const frozen = stoppedIn(task, { step, workers });
  await label(lane, task);
  const worker = await frozen;
  const heir = workers.find((other) => other !== worker);
  await heir?.line(ends(task, 1));
  const effects = () => lane.double.effects.list().filter(({ repository }) => repository === task.repository);
  const before = effects().length;
  worker.tell("SIGCONT");
  await worker.line((line) => letsGo(line, task));
  const late = effects()
    .slice(before)
    .filter(({ path }) => !unseen.test(path))
    .map(({ method, path }) => `${method} ${path}`);
  return [
    ...late.map((effect) => `after the other had ended: ${effect}`),
    ...judgeOutcome(await outcomeOf(lane, task)),
  ];
}

/** The worker that begins the step, stopped at once. */
function stoppedIn(task: Delegated, { step, workers }: Omit<Trial, "trial">): Promise<ServiceProcess> {
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
  return msg === "attempt taken over" && task?.repositoryId === repositoryId;
}
