import { minuteMs } from "../../domain/rules/minute.ts";
import { limitsFor } from "../../domain/rules/policy.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import type { Ports } from "../../ports.ts";
import type { RunLimits } from "./run-commands.ts";

/** The time that all measurements of a proof have together, beginning now, in milliseconds. */
export async function proofMs(task: AcceptedTask, ports: Pick<Ports, "policies">): Promise<number> {
  const policy = await ports.policies.of(task.repository);
  return limitsFor(task.brief.brief, policy).proofMinutes * minuteMs;
}

/** The same as what ends a run early. */
export async function proofLimits(
  task: AcceptedTask,
  signal: AbortSignal,
  ports: Pick<Ports, "clock" | "policies">,
): Promise<RunLimits> {
  const end = ports.clock.now().getTime() + (await proofMs(task, ports));
  return { signal, remainingMs: () => end - ports.clock.now().getTime() };
}
