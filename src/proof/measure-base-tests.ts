import type { Change, ChangedFile, FileText } from "../domain/evidence/change.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import type { MeasuringPorts, Ports } from "../ports.ts";
import { findBaseTests } from "./checks/runs/base-tests.ts";
import type { ChangeAndBase } from "./checks/runs/check-proof-of-test.ts";
import type { RunsRead } from "./checks/runs/read-runs.ts";
import { late, measureSeries } from "./run/measure-series.ts";
import { outcomeOf, type Series } from "./run/outcome-of.ts";
import type { RunLimits } from "./run/run-commands.ts";

/** Runs the command on the change with the base's tests, where they can come out otherwise than they did already. */
export async function measureBaseTests(
  task: AcceptedTask,
  order: { change: Change; files: ChangedFile[]; limits: RunLimits; sides: ChangeAndBase },
  ports: MeasuringPorts & Pick<Ports, "objects">,
): Promise<Series> {
  const { change, files, limits, sides } = order;
  const back = findBaseTests(files);
  const isKnown = back.length === 0 || back.length === files.length;
  if (isKnown || outcomeOf(sides.validation) !== "green") return { runs: [], why: "" };
  if (limits.remainingMs() <= 0) return { runs: [], why: late };
  const trees = { before: change.tree, after: change.base.tree };
  const tree = await ports.objects.compose(changeAddress(task, change), {
    ...trees,
    paths: back.map(({ path }) => path),
  });
  return measureSeries(task, { subject: { change, tree, name: "base-tests" }, limits }, ports);
}

/** The files that were put back, where the base's tests are red: what they expected, and expect now. */
export async function readBaseTestFiles(
  task: AcceptedTask,
  { change, runs }: { change: Change; runs: RunsRead },
  ports: Pick<Ports, "objects">,
): Promise<FileText[]> {
  if (runs.told !== "red") return [];
  const texts: FileText[] = [];
  for await (const text of ports.objects.texts(changeAddress(task, change), findBaseTests(runs.files)))
    if (texts.push(text) === mostFiles) break;
  return texts;
}

/** More test files than these are not read again for their expectations. */
const mostFiles = 100;
