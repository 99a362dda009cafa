import type { Approval, ApprovalAnswer } from "../domain/review/approval.ts";
import { asksMet } from "../domain/rules/asked-borders.ts";
import { noting } from "../domain/task/lease.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import { isUnderWay } from "../domain/task/state.ts";
import type { Repository, Task } from "../domain/task/task.ts";
import { signOffKey } from "../domain/task/task-id.ts";
import type { PullRequest } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "../publish/read-proof.ts";
import { reportApproval } from "../publish/report-approval.ts";
import { gatherApproval } from "../review/approval/gather-approval.ts";
import { judgeApproval } from "../review/approval/judge-approval.ts";

/** A pull request by its number. */
export type PullAt = { repository: Repository; number: number };

/**
 * An open pull request → `drafthorse/approval` on its head. Two who judge at once take turns, so that the last word is
 * the newest. While an attempt works on the branch nothing is said: its end says it.
 */
export async function signOff({ repository, number }: PullAt, ports: Ports): Promise<void> {
  await ports.locks.exclusively(signOffKey(repository.id, number), async () => {
    const task = (await ports.tasks.find({ repositoryId: repository.id, pullRequest: number })).at(-1);
    if (task && isUnderWay(task)) return;
    const pull = await ports.pullRequests.read(repository, number);
    if (pull?.state !== "open") return;
    const answer = await (task ? judgeTask(task, pull, ports) : judgeOther(repository, pull, ports));
    if (answer) await reportApproval(repository, { head: pull.head, of: `pull-${number}`, answer }, ports);
  });
}

async function judgeTask(task: Task, pull: PullRequest, ports: Ports): Promise<ApprovalAnswer> {
  await noteHead(task, pull, ports);
  return { kind: "agent", approval: await approvalOf(task, pull, ports) };
}

/** What the sign-off of a task's pull request comes to at its head. */
export async function approvalOf(
  task: Task,
  pull: Pick<PullRequest, "head">,
  ports: Ports,
): Promise<Approval> {
  const asks = await asksAt(task, pull, ports);
  return judgeApproval(await gatherApproval(task, { head: pull.head, asks }, ports));
}

/** The classes and paths that the head touches and must be asked for; undefined while the evidence is for another commit. */
export async function asksAt(
  task: Task,
  { head }: Pick<PullRequest, "head">,
  ports: Ports,
): Promise<string[] | undefined> {
  if (!task.brief) return [];
  const rules = { brief: task.brief.brief, policy: await ports.policies.of(task.repository) };
  const unmeasured = asksMet(rules, undefined);
  if (unmeasured || newestProof(task)?.commit !== head) return unmeasured;
  return asksMet(rules, (await readProof(task, ports))?.evidence.files);
}

/** What our own App has opened and no task remembers yet is spoken of by the attempt that opened it. */
async function judgeOther(
  repository: Repository,
  pull: PullRequest,
  ports: Ports,
): Promise<ApprovalAnswer | undefined> {
  if (pull.isOurs) return undefined;
  const range = { base: pull.base, head: pull.head };
  return { kind: "other", agentCommits: await ports.branches.agentCommits(repository, range) };
}

/** From now on people can see what this head needs; what they said before was said of another. */
export async function noteHead(
  task: Task,
  { head }: Pick<PullRequest, "head">,
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<void> {
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(task.id, (present) =>
    present.headSeen?.head === head
      ? undefined
      : noting(present, { headSeen: { head, at } }, { at, what: "head seen", details: { head } }),
  );
}
