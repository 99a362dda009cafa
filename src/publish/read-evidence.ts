import { Evidence } from "../domain/evidence.ts";
import { Failure } from "../domain/failure.ts";
import type { Task } from "../domain/task.ts";
import type { Ports } from "../ports.ts";

/** The evidence of the newest commit; undefined while nothing is published. What was not published proves nothing. */
export async function readEvidence(task: Task, ports: Ports): Promise<Evidence | undefined> {
  const proved = task.attempts.findLast((attempt) => attempt.commit)?.evidence;
  if (!proved) return undefined;
  const bytes = await ports.artefacts.read(proved.artefact);
  if (!bytes) throw new Failure("storage", `The artefact ${proved.artefact} is gone from DATA_DIR.`);
  return Evidence.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}
