import { type Base, unchanged } from "../domain/evidence/change.ts";
import { missingSubmodules } from "../domain/evidence/submodules.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import type { MeasuringPorts } from "../ports.ts";
import { blameSubmodules, withSubmodules } from "./blame-submodules.ts";
import { describeRun } from "./explain/describe-run.ts";
import { judgeStart } from "./judge-start.ts";
import { measureBaseline } from "./run/measure-baseline.ts";
import { outcomeOf, type Series } from "./run/outcome-of.ts";
import { proofLimits } from "./run/proof-limits.ts";

/**
 * Runs set-up and the brief's command on the base, which is the proof's baseline. Rejects with a `setup` or `brief` failure
 * where the command cannot start, or where it is red for want of a submodule.
 */
export async function tryBase(
  task: AcceptedTask,
  { base, signal }: { base: Base; signal: AbortSignal },
  ports: MeasuringPorts,
): Promise<Series> {
  const limits = await proofLimits(task, signal, ports);
  const subject = { change: unchanged(base), tree: base.tree, name: "baseline" };
  const missing = missingSubmodules(base);
  const series = await measureBaseline(task, { subject, limits }, ports).catch((thrown: unknown) => {
    throw withSubmodules(thrown, missing);
  });
  const failure = judgeStart(series, { brief: task.brief.brief, project: task.repository.name });
  if (failure) throw withSubmodules(failure, missing);
  const blamed = blameSubmodules(series, missing);
  if (blamed) throw blamed;
  return series;
}

/** What the base came to, for the people who watch the agent; `""` where it was never really measured. */
export function describeTrial(series: Series): string {
  const [run] = series.runs;
  const outcome = outcomeOf(series);
  if (!run || !outcome) return "";
  return `${outcome}: ${describeRun(run)}`;
}
