import type { Change, ObjectId } from "../../domain/evidence/change.ts";
import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { Surrounding } from "../../domain/evidence/surrounding.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import { workKey } from "../../domain/task/change-address.ts";
import { proofName } from "../../domain/task/newest-proof.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import type { Traces } from "../../ports/traces.ts";
import type { LeftFiles } from "../../ports/workshop.ts";
import type { MeasuringPorts } from "../../ports.ts";
import { readCounts } from "../counts/read-counts.ts";
import { readReports } from "../counts/read-reports.ts";
import { furnishCheckout } from "./furnish-checkout.ts";
import { type RunLimits, runCommands } from "./run-commands.ts";
import { surround } from "./surround.ts";

/**
 * Which tree is measured, and under which name its log is kept. `setupAs` is a tree with the same manifests, whose set-up is
 * taken. `key` is whose checkout it is; absent: the attempt's. `surroundings` are otherwise than around the validation.
 */
export type MeasuredTree = {
  change: Change;
  tree: ObjectId;
  name: string;
  setupAs?: ObjectId;
  key?: string;
  surroundings?: Surrounding[];
};

/** What makes a checkout ready to be watched before the command runs there, and reads what was seen once it has. */
export type RunWatch = {
  begin(directory: string): ReturnType<Traces["begin"]>;
  /** `before` are the reports that were in the checkout before the run. */
  end(directory: string, before: LeftFiles): Promise<void>;
};

/** Runs the brief's command on a clean checkout of one tree, without secrets, and with the network of the rules alone. */
export async function measure(
  task: AcceptedTask,
  { subject, limits, watch }: { subject: MeasuredTree; limits: RunLimits; watch?: RunWatch },
  ports: MeasuringPorts,
): Promise<Measurement> {
  const { change, tree, name, setupAs = tree } = subject;
  const { key = workKey(task), surroundings = [] } = subject;
  const command = task.brief.brief.validation;
  const elsewhere = surroundings.includes("directory");
  const place = { repository: task.repository, change, key, tree, ...(elsewhere && { elsewhere }) };
  const exported = await ports.worktrees.export(place);
  const { directory, readable } = exported;
  const checkout = { change, tree: setupAs, directory };
  const furnished = await furnishCheckout(task, { checkout, signal: limits.signal }, ports);
  const { sandbox } = ports;
  if (furnished.red) return { tree, command, ...furnished.red, sandbox: sandbox.kind, setup: true };
  const before = await ports.testReports.list(directory);
  const watched = await watch?.begin(directory);
  const around = surround(surroundings, ports);
  const shown = { directory, readable: [...readable, ...(watched?.readable ?? []), ...around.readable] };
  const told = (environment: Record<string, string>) =>
    around.told(watched ? watched.told(environment) : environment);
  const order = { ...shown, command, furnished, limits, told };
  const { exit, cut, commands } = await runCommands(task, order, ports);
  await watch?.end(directory, before);
  const log = `${taskKey(task.id)}/${name}-${proofName(task)}.log`;
  await ports.artefacts.adopt(log, `${directory}.log`);
  const counts = readCounts(exit);
  const reported = await readReports({ directory, before }, ports);
  return {
    ...{ tree, command, exit, log, sandbox: sandbox.kind },
    ...(commands && { commands }),
    ...(counts && { counts }),
    ...(reported && { reported }),
    ...(cut && { cut: true }),
    ...(surroundings.length > 0 && { surroundings }),
  };
}
