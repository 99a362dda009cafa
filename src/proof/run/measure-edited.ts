import type { Change } from "../../domain/evidence/change.ts";
import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import { changeAddress } from "../../domain/task/change-address.ts";
import type { MeasuringPorts, Ports } from "../../ports.ts";
import { measure } from "./measure.ts";
import type { RunLimits } from "./run-commands.ts";

/** A change in which some files say something else, by path; `name` is that of its log. */
export type EditedChange = {
  change: Change;
  texts: ReadonlyMap<string, string>;
  name: string;
  /** Whose checkout it is; absent: the attempt's. */
  key?: string;
};

/** Runs the command once on a copy of the change that was edited, with the set-up of the change itself. */
export async function measureEdited(
  task: AcceptedTask,
  { edited, limits }: { edited: EditedChange; limits: RunLimits },
  ports: MeasuringPorts & Pick<Ports, "objects">,
): Promise<Measurement> {
  const { change, texts, name, key } = edited;
  const tree = await ports.objects.edit(
    { ...changeAddress(task, change), ...(key && { key }) },
    { tree: change.tree, texts },
  );
  const subject = { change, tree, name, setupAs: change.tree, ...(key && { key }) };
  return measure(task, { subject, limits }, ports);
}
