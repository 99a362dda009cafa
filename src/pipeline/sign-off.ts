import type { Approval, ApprovalAnswer } from "../domain/review/approval.ts";
import { asksMet } from "../domain/rules/asked-borders.ts";
import { noting } from "../domain/task/lease.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import { isUnderWay } from "../domain/task/state.ts";
import type { Repository, Task } from "../domain/task/task.ts";
import { issueKey, signOffKey } from "../domain/task/task-id.ts";
import type { PullRequest, PullSnapshot } from "../ports/github.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "../publish/read-proof.ts";
import { approvalId, reportApproval } from "../publish/report-approval.ts";
import { gatherApproval } from "../review/approval/gather-approval.ts";
import { judgeApproval } from "../review/approval/judge-approval.ts";

/** A pull request by its number. */
export type PullAt = { repository: Repository; number: number };

/**
 * What whoever judges a sign-off asks of the world: all but locks. Who has an issue's lock may wait for a sign-off's; the
 * other way round two of them would wait for each other.
 */
export type JudgingPorts = Omit<Ports, "locks">;

/**
 * An open pull request → `drafthorse/approval` on its head. Two who judge at once take turns, so that the last word is
 * the newest. While an attempt works on the branch nothing is said: its end says it.
 */
export async function signOff(at: PullAt, world: Ports): Promise<void> {
  await whileJudging(at, world, async (ports) => {
    const task = await taskOf(at, ports);
    if (task && isUnderWay(task)) return;
    const pull = await ports.pullRequests.read(at.repository, at.number);
    if (pull) await judgeRead(at, pull, ports);
  });
}

/**
 * The same for a task's pull request of which more has to be looked at than its sign-off: `first` does that with the very
 * reading by which it is judged.
 */
export async function signOffAfter(
  { id, repository, pullRequest }: Task,
  first: (
    read: { task: Task; pull: PullSnapshot | undefined; lock: IssueLock },
    ports: JudgingPorts,
  ) => Promise<void>,
  world: Ports,
): Promise<void> {
  if (!pullRequest) return;
  const at = { repository, number: pullRequest };
  await world.locks.exclusively(issueKey(id), (lock) =>
    whileJudging(at, world, async (ports) => {
      const task = await ports.tasks.read(id);
      if (!task || isUnderWay(task)) return;
      const pull = await ports.pullRequests.read(at.repository, at.number);
      await first({ task, pull, lock }, ports);
      if (pull) await judgeRead(at, pull, ports);
    }),
  );
}

function whileJudging(
  { repository, number }: PullAt,
  ports: Ports,
  act: (ports: JudgingPorts) => Promise<void>,
): Promise<void> {
  return ports.locks.exclusively(signOffKey(repository.id, number), () => act(ports));
}

async function taskOf(
  { repository, number }: PullAt,
  { tasks }: Pick<Ports, "tasks">,
): Promise<Task | undefined> {
  return (await tasks.find({ repositoryId: repository.id, pullRequest: number })).at(-1);
}

/** Judges a pull request that was just read, by the rules that were read with it. */
async function judgeRead(at: PullAt, pull: PullSnapshot, world: JudgingPorts): Promise<void> {
  const { repository, number } = at;
  if (pull.state !== "open") return;
  const ports = { ...world, policies: world.policies.once({ repository, file: pull.file }) };
  const task = await taskOf(at, ports);
  if (task && isUnderWay(task)) return;
  const answer = await (task ? judgeTask(task, pull, ports) : judgeOther(repository, pull, ports));
  const { head, ownChecks: among } = pull;
  if (answer) await reportApproval(repository, { head, of: approvalId(number), answer, among }, ports);
}

async function judgeTask(
  task: Task,
  pull: PullSnapshot,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "artefacts" | "people">,
): Promise<ApprovalAnswer> {
  await noteHead(task, pull, ports);
  return { kind: "agent", approval: await approvalOf(task, pull, ports) };
}

/** What the sign-off of a task's pull request comes to at its head. */
export async function approvalOf(
  task: Task,
  pull: Pick<PullSnapshot, "head" | "reviews">,
  ports: Pick<Ports, "policies" | "artefacts" | "people">,
): Promise<Approval> {
  const asks = await asksAt(task, pull, ports);
  return judgeApproval(await gatherApproval(task, { ...pull, asks }, ports));
}

/** The classes and paths that the head touches and must be asked for; undefined while the evidence is for another commit. */
export async function asksAt(
  task: Task,
  { head }: Pick<PullRequest, "head">,
  ports: Pick<Ports, "policies" | "artefacts">,
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
  ports: Pick<Ports, "branches">,
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
