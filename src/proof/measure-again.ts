import type { Change } from "../domain/evidence/change.ts";
import type { Evidence } from "../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import type { MeasuringPorts, Ports } from "../ports.ts";
import { measureBaseTests } from "./measure-base-tests.ts";
import { measureTests } from "./measure-tests.ts";
import { measureBaseline } from "./run/measure-baseline.ts";
import { measureSeries } from "./run/measure-series.ts";
import { proofLimits } from "./run/proof-limits.ts";

/** The runs that somebody else can repeat, by the fields of the evidence. */
export type AgainRuns = Pick<Evidence, "validation" | "baseline" | "proofOfTest" | "baseTests">;

/** Measures a change anew as the proof does: the command on it, on its base, and both with the other's tests. */
export async function measureAgain(
  task: AcceptedTask,
  { change, signal }: { change: Change; signal: AbortSignal },
  ports: MeasuringPorts & Pick<Ports, "objects">,
): Promise<AgainRuns> {
  const limits = await proofLimits(task, signal, ports);
  const { tree, base, files } = change;
  const validation = await measureSeries(
    task,
    { subject: { change, tree, name: "validation" }, limits },
    ports,
  );
  const subject = { change, tree: base.tree, name: "baseline" };
  const baseline = await measureBaseline(task, { subject, limits }, ports);
  const order = { change, files, limits, sides: { validation, baseline } };
  const [proofOfTest] = (await measureTests(task, order, ports)).runs;
  const [baseTests] = (await measureBaseTests(task, order, ports)).runs;
  return {
    ...{ validation: validation.runs[0] ?? null, baseline: baseline.runs[0] ?? null },
    ...{ ...(proofOfTest && { proofOfTest }), ...(baseTests && { baseTests }) },
  };
}
