import { Evidence } from "../domain/evidence/evidence.ts";
import { Failure } from "../domain/task/failure.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

/** The evidence of the newest commit, and its very text, whose SHA-256 the commit names. */
export type PublishedProof = { evidence: Evidence; text: string };

/** Undefined while nothing is published: what was not published proves nothing. */
export async function readProof(
  task: Task,
  ports: Pick<Ports, "artefacts">,
): Promise<PublishedProof | undefined> {
  const proved = newestProof(task)?.evidence;
  if (!proved) return undefined;
  const bytes = await ports.artefacts.read(proved.artefact);
  if (!bytes) throw new Failure("storage", `The artefact ${proved.artefact} is gone from DATA_DIR.`);
  const text = Buffer.from(bytes).toString("utf8");
  return { evidence: Evidence.parse(JSON.parse(text)), text };
}
