import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import type { Trace } from "../../ports/traces.ts";
import type { Ports } from "../../ports.ts";
import { type MeasuredTree, measure } from "./measure.ts";
import type { RunLimits } from "./run-commands.ts";

const nothing: Trace = { scripts: [], lines: new Map(), loaded: [], mapped: [], whole: true };

/** Runs the brief's command on one tree while its runtimes write down which lines of `paths` they run. */
export async function measureTraced(
  task: AcceptedTask,
  { subject, paths, limits }: { subject: MeasuredTree; paths: string[]; limits: RunLimits },
  ports: Ports,
): Promise<{ run: Measurement; trace: Trace }> {
  let trace = nothing;
  const watch = {
    begin: (directory: string) => ports.traces.begin(directory, paths),
    end: async (directory: string) => {
      trace = await ports.traces.read(directory, paths);
    },
  };
  const run = await measure(task, { subject, limits, watch }, ports);
  return { run, trace };
}
