import type { Change, ObjectId } from "../domain/change.ts";
import type { Measurement } from "../domain/evidence.ts";
import { treeBounds } from "../domain/limits.ts";
import { attemptNumber, type Task } from "../domain/task.ts";
import { attemptKey, taskKey } from "../domain/task-id.ts";
import type { Ports } from "../ports.ts";

const minute = 60_000;

/** Which tree is measured, and under which name its log is kept. */
export type Subject = { change: Change; tree: ObjectId; name: "validation" | "baseline" };

/** Runs the brief's command on a clean checkout of one tree, without secrets and without network. */
export async function measure(
  task: Task,
  { subject, signal }: { subject: Subject; signal: AbortSignal },
  ports: Ports,
): Promise<Measurement> {
  const { change, tree, name } = subject;
  const number = attemptNumber(task);
  const key = attemptKey(task.id, number);
  const command = task.brief?.brief.validation ?? "";
  const directory = await ports.worktrees.export({ repository: task.repository, change, key, tree });
  const { validation, limits } = await ports.policies.of(task.repository);
  const totalMs = validation.timeoutMinutes * minute;
  const exit = await ports.sandbox.run(
    {
      command: {
        argv: ["sh", "-c", command],
        directory,
        writable: [directory],
        readable: [],
        environment: { CI: "true", ...validation.env },
        network: "none",
      },
      bounds: { totalMs, silenceMs: totalMs, ...treeBounds(limits) },
      log: `${directory}.log`,
    },
    signal,
  );
  const log = `${taskKey(task.id)}/${name}-${number}.log`;
  await ports.artefacts.adopt(log, `${directory}.log`);
  return { tree, command, exit, log, sandbox: ports.sandbox.kind };
}
