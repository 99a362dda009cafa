import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import type { FiledLines, Trace } from "../../ports/traces.ts";
import type { LeftFiles } from "../../ports/workshop.ts";
import type { MeasuringPorts, Ports } from "../../ports.ts";
import { readCoverage } from "../counts/read-coverage.ts";
import { type MeasuredTree, measure } from "./measure.ts";

import type { RunLimits } from "./run-commands.ts";

const nothing: Trace = { scripts: [], lines: new Map(), loaded: [], mapped: [], whole: true };

/**
 * Runs the brief's command on one tree while its runtimes write down which lines of `paths` they run. `filed` is what files of
 * coverage say that the command itself wrote.
 */
export async function measureTraced(
  task: AcceptedTask,
  { subject, paths, limits }: { subject: MeasuredTree; paths: string[]; limits: RunLimits },
  ports: MeasuringPorts & Pick<Ports, "traces">,
): Promise<{ run: Measurement; trace: Trace; filed: FiledLines }> {
  let trace = nothing;
  let filed: FiledLines = new Map();
  const watch = {
    begin: (directory: string) => ports.traces.begin(directory, paths),
    end: async (directory: string, before: LeftFiles) => {
      trace = await ports.traces.read(directory, paths);
      filed = await readCoverage({ directory, before, paths }, ports);
    },
  };
  const run = await measure(task, { subject, limits, watch }, ports);
  return { run, trace, filed };
}
