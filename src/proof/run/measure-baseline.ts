import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../../domain/evidence/canonical-json.ts";
import { Measurement } from "../../domain/evidence/evidence.ts";
import { presentSubmodules } from "../../domain/evidence/submodules.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import { setupOf } from "../../domain/task/setup-of.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import type { MeasuringPorts, Ports } from "../../ports.ts";
import type { MeasuredTree } from "./measure.ts";
import { measureSeries } from "./measure-series.ts";
import { outcomeOf, type Series } from "./outcome-of.ts";
import type { RunLimits } from "./run-commands.ts";

/** A day in milliseconds: tools of the machine change, and with them what the same tree comes to. */
const day = 24 * 60 * 60 * 1_000;

/** What is kept of a baseline for the next task on the same base. */
const KnownBaseline = z.object({ at: z.iso.datetime(), task: z.string(), runs: z.array(Measurement).min(1) });

/** Measures the base, or says what an earlier task measured on the same tree with the same command and set-up. */
export async function measureBaseline(
  task: AcceptedTask,
  order: { subject: MeasuredTree; limits: RunLimits },
  ports: MeasuringPorts,
): Promise<Series> {
  const name = await baselineArtefact(task, order.subject, ports);
  const at = ports.clock.now();
  const known = await readKnown(name, ports);
  if (known && at.getTime() - Date.parse(known.at) < day) {
    const earlier = { task: known.task, at: known.at };
    return { runs: known.runs.map((run) => ({ ...run, earlier })), why: "" };
  }
  const series = await measureSeries(task, order, ports);
  const keeping = { at: at.toISOString(), task: taskKey(task.id), runs: series.runs };
  if (isSettled(series)) await ports.artefacts.write(name, JSON.stringify(keeping));
  return series;
}

/** Only what would be the same again is kept: green, or red twice and by itself. */
function isSettled(series: Series): boolean {
  if (!series.runs.every(({ exit }) => exit.endedBy === "itself")) return false;
  const outcome = outcomeOf(series);
  return outcome === "green" || (outcome === "red" && series.runs.length === 2);
}

async function baselineArtefact(
  task: AcceptedTask,
  subject: MeasuredTree,
  ports: Pick<Ports, "policies" | "sandbox">,
): Promise<string> {
  const policy = await ports.policies.of(task.repository, task.brief.brief.scope);
  const { validation } = policy;
  const measured = {
    tree: subject.tree,
    command: task.brief.brief.validation,
    ...{
      setup: setupOf(task, policy) ?? null,
      environment: validation.env,
      network: validation.network,
      sandbox: ports.sandbox.kind,
    },
    ...(subject.surroundings && { surroundings: subject.surroundings }),
    // Without a submodule the same tree may come to something else.
    submodules: presentSubmodules(subject.change.base).map(({ path }) => path),
  };
  const digest = createHash("sha256").update(canonicalJson(measured)).digest("hex");
  return `baselines-${task.repository.id}/${digest}.json`;
}

/** What cannot be read is measured anew. */
async function readKnown(
  name: string,
  ports: Pick<Ports, "artefacts">,
): Promise<z.infer<typeof KnownBaseline> | undefined> {
  const bytes = await ports.artefacts.read(name);
  try {
    return bytes && KnownBaseline.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch {
    return undefined;
  }
}
