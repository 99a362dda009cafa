import type { Job } from "../domain/task/job.ts";
import { moved, noting } from "../domain/task/lease.ts";
import type { Ports } from "../ports.ts";
import { showPresent } from "./show.ts";

/** Whether a task must wait: it is not its turn, or its configuration broke since. Whoever mends that releases the task. */
export async function hold(
  { task: id }: Job,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "locks" | "issues">,
): Promise<boolean> {
  const task = await ports.tasks.read(id);
  if (task?.state === "held") return true;
  if (task?.state !== "queued") return false;
  // Its job is older than the scheduler, or a queue of another time: the scheduler adds it anew.
  if (!task.release) return true;
  const { problems } = await ports.policies.read(task.repository);
  if (problems.length === 0) return false;
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(id, (present) =>
    present.state === "queued"
      ? noting(
          moved(present, "held"),
          { hold: { kind: "configuration", problems }, release: undefined },
          { at, what: "held" },
        )
      : undefined,
  );
  await showPresent(id, ports);
  return true;
}
