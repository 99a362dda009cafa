import type { Change } from "../domain/evidence/change.ts";
import type { AgentReport } from "../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { Failure } from "../domain/task/failure.ts";
import type { MeasureJob } from "../domain/task/job.ts";
import { publishedAttempt } from "../domain/task/newest-proof.ts";
import type { Attempt } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

/** A head that is to be proved: the task as if its last attempt had left that, and who worked before. */
export type HeadToProve = { view: AcceptedTask; agent: AgentReport; change: Change };

/** Fetches a head that people pushed. Whatever was measured of an agent's work is not known of it. */
export async function checkOutHead(
  task: AcceptedTask,
  { head, run }: Pick<MeasureJob, "head" | "run">,
  ports: Pick<Ports, "worktrees">,
): Promise<HeadToProve> {
  const { repository } = task;
  const last = publishedAttempt(task);
  const fetched = await ports.worktrees.fetch(repository, head);
  if (fetched === "missing") throw new Failure("git", `The commit ${head} cannot be fetched any more.`);
  if (!last?.agent) throw new Failure("bug", "A head is to be measured on top of no attempt.");
  const submodules = await ports.worktrees.submodules(repository, fetched);
  const base = submodules.length > 0 ? { ...fetched, submodules } : fetched;
  const change: Change = { base, tree: base.tree, files: [], unpublishable: [], pack: "" };
  const { number, askedBy, askedById, askedIn, agent } = last;
  const pushed = { head, tree: base.tree, run };
  const attempt: Attempt = {
    ...{ number, askedBy, askedById, askedIn, agent, change, pushed, starts: 0 },
    base: number === 1 && last.base ? last.base : base,
  };
  const before = task.attempts.filter((one) => one.number < number);
  const [first = attempt, ...later] = [...before, attempt];
  return { view: { ...task, attempts: [first, ...later] }, agent, change };
}
