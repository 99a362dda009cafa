import type { Change, ObjectId } from "../domain/change.ts";
import type { Exit, Measurement } from "../domain/evidence.ts";
import { treeBounds } from "../domain/limits.ts";
import { offlineSwitches } from "../domain/offline-switches.ts";
import { attemptNumber, type Task } from "../domain/task.ts";
import { attemptKey, taskKey } from "../domain/task-id.ts";
import type { CleanCheckout } from "../ports/workshop.ts";
import type { Ports } from "../ports.ts";
import { type Furnished, furnishCheckout } from "./furnish-checkout.ts";
import { readCounts } from "./read-counts.ts";
import { readReports } from "./read-reports.ts";

const minute = 60_000;

/** Which tree is measured, and under which name its log is kept. */
export type Subject = { change: Change; tree: ObjectId; name: string };

/** What ends a run early: the attempt, or the end of the time that the whole proof has. */
export type Limits = { signal: AbortSignal; remainingMs: () => number };

/** Runs the brief's command on a clean checkout of one tree, without secrets, and with the network of the rules alone. */
export async function measure(
  task: Task,
  { subject, limits }: { subject: Subject; limits: Limits },
  ports: Ports,
): Promise<Measurement> {
  const { change, tree, name } = subject;
  const number = attemptNumber(task);
  const key = attemptKey(task.id, number);
  const command = task.brief?.brief.validation ?? "";
  const exported = await ports.worktrees.export({ repository: task.repository, change, key, tree });
  const { directory, readable } = exported;
  const checkout = { change, tree, directory };
  const furnished = await furnishCheckout(task, { checkout, signal: limits.signal }, ports);
  const { sandbox } = ports;
  if (furnished.red) return { tree, command, ...furnished.red, sandbox: sandbox.kind, setup: true };
  const before = await ports.testReports.list(directory);
  const { exit, cut } = await runCommand(task, { directory, readable, command, furnished, limits }, ports);
  const log = `${taskKey(task.id)}/${name}-${number}.log`;
  await ports.artefacts.adopt(log, `${directory}.log`);
  const counts = readCounts(exit);
  const reported = await readReports({ directory, before }, ports);
  return {
    ...{ tree, command, exit, log, sandbox: sandbox.kind },
    ...(counts && { counts }),
    ...(reported && { reported }),
    ...(cut && { cut: true }),
  };
}

type Order = CleanCheckout & { command: string; furnished: Furnished; limits: Limits };

/** One run within the time of the command and that of the proof; `cut` if the latter ended it. */
async function runCommand(
  task: Task,
  { directory, readable, command, furnished, limits }: Order,
  ports: Ports,
): Promise<{ exit: Exit; cut: boolean }> {
  const { validation, limits: held } = await ports.policies.of(task.repository);
  const timeoutMs = validation.timeoutMinutes * minute;
  const totalMs = Math.max(1, Math.min(timeoutMs, limits.remainingMs()));
  const exit = await ports.sandbox.run(
    {
      command: {
        argv: ["sh", "-c", command],
        directory,
        writable: furnished.writable,
        readable,
        environment: {
          ...{ CI: "true", ...(validation.network === "none" && offlineSwitches(command)) },
          ...{ ...furnished.environment, ...validation.env },
        },
        network: validation.network,
      },
      bounds: { totalMs, silenceMs: totalMs, ...treeBounds(held) },
      log: `${directory}.log`,
    },
    limits.signal,
  );
  return { exit, cut: totalMs < timeoutMs && (exit.endedBy === "time" || exit.endedBy === "silence") };
}
