import type { Change, ChangedFile } from "../domain/evidence/change.ts";
import type { ElsewhereRuns, Measurement } from "../domain/evidence/evidence.ts";
import type { Surrounding } from "../domain/evidence/surrounding.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import type { MeasuringPorts } from "../ports.ts";
import { differsElsewhere } from "./checks/conditions/differs-elsewhere.ts";
import { weighElsewhere } from "./checks/conditions/weigh-elsewhere.ts";
import { measure } from "./run/measure.ts";
import { measureBaseline } from "./run/measure-baseline.ts";
import { late } from "./run/measure-series.ts";
import { isGreen, outcomeOf, type Series } from "./run/outcome-of.ts";
import type { RunLimits } from "./run/run-commands.ts";
import { slowedLimits } from "./run/slowed-limits.ts";
import { type Around, filesThatAsk } from "./run/surround.ts";

/** `watched` is a run that was watched for lines with these surroundings, where one was. */
type ElsewhereOrder = {
  change: Change;
  files: ChangedFile[];
  limits: RunLimits;
  sides: { validation: Series; baseline: Series };
  around: Around;
  watched: Measurement | undefined;
};

const slow = "The command took too long there.";

/**
 * Runs the command on the change with other surroundings. Where it comes to something else twice, the base is run
 * with them too, and where the base is not the cause, each of the surroundings is tried alone. See docs/adr/0064.
 */
export async function measureElsewhere(
  task: AcceptedTask,
  order: ElsewhereOrder,
  ports: MeasuringPorts,
): Promise<ElsewhereRuns | undefined> {
  const { files, limits, sides, around } = order;
  const [usual] = sides.validation.runs;
  if (!usual || outcomeOf(sides.validation) !== "green" || filesThatAsk(files).length === 0) return undefined;
  const nothing: ElsewhereRuns = { ...around, change: [], base: [], singles: [], why: "" };
  const known = knownBy(order, usual) ?? (limits.remainingMs() <= 0 ? late : undefined);
  if (known !== undefined) return { ...nothing, why: known };
  const change = await runTwice(task, { order, usual }, ports);
  if (change.some((run) => isGreen(run) === undefined)) return { ...nothing, change, why: slow };
  const isOther = change.length === 2 && change.every((run) => differsElsewhere(usual, run));
  if (!isOther) return { ...nothing, change };
  if (limits.remainingMs() <= 0) return { ...nothing, change, why: late };
  return lookForCause(task, { order, usual, found: { ...nothing, change } }, ports);
}

/** What the watched run told already: `""` that it came to the same, or why another would tell nothing. */
function knownBy({ watched }: ElsewhereOrder, usual: Measurement): string | undefined {
  if (!watched) return undefined;
  if (isGreen(watched) === undefined) return slow;
  return differsElsewhere(usual, watched) ? undefined : "";
}

async function lookForCause(
  task: AcceptedTask,
  { order, usual, found }: Usual & { found: ElsewhereRuns },
  ports: MeasuringPorts,
): Promise<ElsewhereRuns> {
  const { tree } = order.change.base;
  const subject = {
    ...{ change: order.change, tree, name: "elsewhere-base" },
    surroundings: order.around.changed,
  };
  const limits = slowedLimits(order.limits, usual, ports);
  const base = (await measureBaseline(task, { subject, limits }, ports)).runs;
  const compared = { ...found, base };
  if (weighElsewhere({ ...order.sides, elsewhere: compared }).kind !== "differs") return compared;
  return { ...compared, singles: await trySingles(task, { order, usual }, ports) };
}

type Usual = { order: ElsewhereOrder; usual: Measurement };

/** Once more where it differs: what comes out so by chance is no difference. */
async function runTwice(
  task: AcceptedTask,
  { order, usual }: Usual,
  ports: MeasuringPorts,
): Promise<Measurement[]> {
  const { changed } = order.around;
  const first = await runWith(task, { order, usual, name: "elsewhere", changed }, ports);
  if (!differsElsewhere(usual, first) || order.limits.remainingMs() <= 0) return [first];
  return [first, await runWith(task, { order, usual, name: "elsewhere-again", changed }, ports)];
}

async function trySingles(
  task: AcceptedTask,
  { order, usual }: Usual,
  ports: MeasuringPorts,
): Promise<Measurement[]> {
  const runs: Measurement[] = [];
  const { changed } = order.around;
  for (const one of changed.length > 1 ? changed : [])
    if (order.limits.remainingMs() > 0) {
      const single = { order, usual, name: `elsewhere-${one.toLowerCase()}`, changed: [one] };
      runs.push(await runWith(task, single, ports));
    }
  return runs;
}

function runWith(
  task: AcceptedTask,
  { order, usual, name, changed }: Usual & { name: string; changed: Surrounding[] },
  ports: MeasuringPorts,
): Promise<Measurement> {
  const { change, limits } = order;
  const subject = { change, tree: change.tree, name, surroundings: changed };
  return measure(task, { subject, limits: slowedLimits(limits, usual, ports) }, ports);
}
