import { noting } from "../domain/task/lease.ts";
import { newestProof, publishedAttempt, pushedHead } from "../domain/task/newest-proof.ts";
import type { PushedHead } from "../domain/task/pushed-head.ts";
import type { Task } from "../domain/task/task.ts";
import type { PullRequest } from "../ports/github.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { rewritePull } from "../publish/rewrite-body.ts";
import { jobOf, needsJob } from "../queue/job-of.ts";

/**
 * The branch of an open pull request is at its head → one that nobody has measured is measured, without an agent, and until
 * then the body says what the evidence is for. `again`: somebody asked for it once more. Needs the issue's lock.
 */
export async function notePush(
  { id }: Task,
  { pull, again }: { pull: PullRequest; again: boolean; lock: IssueLock },
  ports: Pick<Ports, "clock" | "tasks" | "queue" | "artefacts" | "pullRequests">,
): Promise<void> {
  const { head } = pull;
  const at = ports.clock.now().toISOString();
  const after = await ports.tasks.change(id, (present) => {
    const pushed = present.state === "proposed" ? toMeasure(present, { head, again }) : undefined;
    const details = { head, run: pushed?.run };
    return pushed && noting(present, { pushed }, { at, what: "head to be measured", details });
  });
  if (after.state !== "proposed") return;
  await rewritePull(after, pull, ports);
  if (needsJob(after)) await ports.queue.add(jobOf(after));
}

/** The head as it is to be measured; undefined where it was, or failed, or is under way, and nobody asked again. */
function toMeasure(task: Task, { head, again }: { head: string; again: boolean }): PushedHead | undefined {
  const attempt = publishedAttempt(task)?.number;
  const known = pushedHead(task);
  if (attempt === undefined) return undefined;
  const isKnown = known?.head === head || newestProof(task)?.commit === head;
  if (isKnown && !again) return undefined;
  // A job's id is never used twice, also where the branch goes back to a commit of before.
  const asked = { head, attempt, run: (task.pushed?.run ?? 0) + 1, state: "waiting" as const };
  return known?.head === head && known.evidence ? { ...asked, evidence: known.evidence } : asked;
}
