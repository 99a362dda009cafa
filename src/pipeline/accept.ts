import { renderBriefPart } from "../brief/render-brief-part.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { admit, type Delegation } from "../intake/admit.ts";
import { type Entrance, enterTask } from "../intake/enter-task.ts";
import { findHold } from "../intake/find-hold.ts";
import type { Admission } from "../intake/judge-admission.ts";
import { noteDrafts } from "../intake/note-drafts.ts";
import { noteDuplicates } from "../intake/note-duplicates.ts";
import { turnAway } from "../intake/turn-away.ts";
import type { IssueAt, Snapshot } from "../ports/github.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { showStatus } from "../publish/show-status.ts";
import { followText } from "./follow-text.ts";
import { type Judged, judgeAsked } from "./judge-asked.ts";
import { placeInLine } from "./place-in-line.ts";
import { showStranger } from "./show-stranger.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** Label → accepted, to wait for its turn in the ledger, or → one comment that shows the repair. */
export async function accept(order: Delegation, ports: Ports): Promise<void> {
  const issue = { repositoryId: order.repository.id, issueNumber: order.issue.number };
  const at = { repository: order.repository, number: order.issue.number };
  const admission = await admitFirst(order, at, ports);
  if (admission.kind === "ignore") return;
  // A stranger's edit asks for nothing; what it made of the text is shown by whoever follows the text.
  if (admission.kind === "stranger")
    return order.kind === "delegate" ? refuseStranger(order, admission.task, ports) : undefined;

  const judged = await judgeAsked(order, ports);
  const now = await ports.locks.exclusively(issueKey(issue), async (lock) => {
    // Judging takes time in which the issue may have been closed, or asked for in another delivery.
    const snapshot = await takeSnapshot(at, ports);
    const entrance = await admit(order, async () => snapshot.issue, ports);
    if (entrance.kind === "enter" || entrance.kind === "again") {
      const held = await withHold(order, { judged, snapshot }, ports);
      await enterUnderLock(order, { entrance, judged: held, comments: snapshot.comments, lock }, ports);
    }
    return snapshot;
  });
  await followText(issue, async () => now.issue, ports);
}

/** A label begins with what its delivery says: the issue is looked at before anything is done about it. */
async function admitFirst(
  order: Delegation,
  at: IssueAt,
  ports: Pick<Ports, "issues" | "policies" | "tasks" | "people">,
): Promise<Admission> {
  const look = () => ports.issues.read(at);
  if (order.kind === "revise") return admit(order, look, ports);
  const told = { ...order.issue, open: true, labels: [order.label] };
  const admission = await admit(order, async () => told, ports);
  return admission.kind === "stranger" ? admit(order, look, ports) : admission;
}

async function refuseStranger(order: Delegation, task: Task | undefined, ports: Ports): Promise<void> {
  await turnAway(order, ports);
  if (task) await showStranger(task, order.by, ports);
}

/** A recent edit comes before a broken configuration, whose mending would release the task. */
async function withHold(
  order: Delegation,
  { judged, snapshot }: { judged: Judged; snapshot: Snapshot },
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "people" | "pullRequests">,
): Promise<Judged> {
  const { judgement } = judged;
  if ("problems" in judgement) return judged;
  const { repository, issue, kind, delivery } = order;
  const { edits, closers } = snapshot;
  const edit = await findHold(order, { sha256: judgement.sha256, edits }, ports);
  const asked = { repository, number: issue.number, closers, ...(kind === "delegate" && { delivery }) };
  const drafts = await noteDrafts({ ...judged, hold: edit ?? judged.hold }, asked, ports);
  return noteDuplicates(drafts, asked, ports);
}

async function enterUnderLock(
  order: Delegation,
  {
    lock,
    comments,
    ...how
  }: { entrance: Entrance; judged: Judged; comments: string[] | undefined; lock: IssueLock },
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "issues">,
): Promise<void> {
  const task = await enterTask(order, how, ports);
  await showStatus(
    task,
    { briefPart: renderBriefPart(task), place: await placeInLine(task, ports), comments, lock },
    ports,
  );
  if (task.state === "incomplete") return;
  await ports.issues.react({ repository: order.repository, number: order.issue.number }, "eyes");
}
