import type { Change, ObjectId } from "../domain/change.ts";
import type { Measurement } from "../domain/evidence.ts";
import { treeBounds } from "../domain/limits.ts";
import { attemptNumber, type Task } from "../domain/task.ts";
import { attemptKey, taskKey } from "../domain/task-id.ts";
import type { Ports } from "../ports.ts";
import { furnishCheckout } from "./furnish-checkout.ts";
import { readCounts } from "./read-counts.ts";

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
  const directory = await ports.worktrees.export({ repository: task.repository, change, key, tree });
  const checkout = { change, tree, directory };
  const { writable, environment, red } = await furnishCheckout(
    task,
    { checkout, signal: limits.signal },
    ports,
  );
  if (red) return { tree, command, ...red, sandbox: ports.sandbox.kind };
  const { validation, limits: held } = await ports.policies.of(task.repository);
  const timeoutMs = validation.timeoutMinutes * minute;
  const totalMs = Math.max(1, Math.min(timeoutMs, limits.remainingMs()));
  const exit = await ports.sandbox.run(
    {
      command: {
        argv: ["sh", "-c", command],
        directory,
        writable,
        readable: [],
        environment: { CI: "true", ...environment, ...validation.env },
        network: validation.network,
      },
      bounds: { totalMs, silenceMs: totalMs, ...treeBounds(held) },
      log: `${directory}.log`,
    },
    limits.signal,
  );
  const log = `${taskKey(task.id)}/${name}-${number}.log`;
  await ports.artefacts.adopt(log, `${directory}.log`);
  const counts = readCounts(exit);
  const cut = totalMs < timeoutMs && (exit.endedBy === "time" || exit.endedBy === "silence");
  return {
    ...{ tree, command, exit, log, sandbox: ports.sandbox.kind },
    ...(counts && { counts }),
    ...(cut && { cut }),
  };
}
