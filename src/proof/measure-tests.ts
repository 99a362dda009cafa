import type { Change, ChangedFile } from "../domain/evidence/change.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import type { MeasuringPorts, Ports } from "../ports.ts";
import { type ChangeAndBase, findTests } from "./checks/runs/check-proof-of-test.ts";
import { measure } from "./run/measure.ts";
import { late } from "./run/measure-series.ts";
import type { Series } from "./run/outcome-of.ts";
import type { RunLimits } from "./run/run-commands.ts";

/** Runs the command on the base with only the tests of the change, where there is something to be proved by it. */
export async function measureTests(
  task: AcceptedTask,
  order: { change: Change; files: ChangedFile[]; limits: RunLimits; sides: ChangeAndBase },
  ports: MeasuringPorts & Pick<Ports, "objects">,
): Promise<Series> {
  const { change, files, limits, sides } = order;
  const found = findTests(files, sides);
  if ("why" in found) return { runs: [], why: found.why };
  if (limits.remainingMs() <= 0) return { runs: [], why: late };
  const at = changeAddress(task, change);
  const trees = { before: change.base.tree, after: change.tree };
  const tree = await ports.objects.compose(at, { ...trees, paths: found.paths });
  const subject = { change, tree, name: "proof-of-test" };
  return { runs: [await measure(task, { subject, limits }, ports)], why: "" };
}
