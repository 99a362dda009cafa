import type { Change } from "../../../domain/evidence/change.ts";
import { changeAddress } from "../../../domain/task/change-address.ts";
import type { Task } from "../../../domain/task/task.ts";
import type { Ports } from "../../../ports.ts";
import { checkSecrets } from "./check-secrets.ts";
import { lookForLeaks } from "./look-for-leaks.ts";

/** Whether a change that nobody proved holds what may not be published. */
export async function holdsSecret(
  task: Task,
  change: Change,
  ports: Pick<Ports, "objects" | "secrets">,
): Promise<boolean> {
  const at = changeAddress(task, change);
  const leaks = lookForLeaks(at, ports);
  for await (const text of ports.objects.texts(at, change.files)) await leaks.look(text);
  return checkSecrets(leaks.found()).status !== "pass";
}
