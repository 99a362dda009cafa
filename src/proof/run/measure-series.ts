import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import type { MeasuringPorts } from "../../ports.ts";
import { type MeasuredTree, measure } from "./measure.ts";
import { isGreen, type Series } from "./outcome-of.ts";
import type { RunLimits } from "./run-commands.ts";

/** Said of everything that the proof had no time left for. */
export const late = "The proof's time (limits.proofMinutes) was over.";

/** Measures one tree, and once more where the first result is red. `known` are results that are there already. */
export async function measureSeries(
  task: AcceptedTask,
  { subject, limits, known }: { subject: MeasuredTree; limits: RunLimits; known?: Measurement[] },
  ports: MeasuringPorts,
): Promise<Series> {
  const [one, two] = known ?? [];
  if (one && two && isGreen(one) === false) return { runs: [one, two], why: "" };
  if (!one && limits.remainingMs() <= 0) return { runs: [], why: late };
  const first = one ?? (await measure(task, { subject, limits }, ports));
  if (isGreen(first) !== false || limits.remainingMs() <= 0) return { runs: [first], why: "" };
  const again = { ...subject, name: `${subject.name}-again` };
  return { runs: [first, await measure(task, { subject: again, limits }, ports)], why: "" };
}
