import type { Repository } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import { isOverdue, judgeMissed, type MissedLabel } from "../intake/judge-missed.ts";
import type { LabelledIssue, LabelledIssues, Labelling } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { renderMissedLabel } from "../publish/render-missed-label.ts";
import { accept } from "./accept.ts";
import { schedule } from "./schedule.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** So many repositories are looked at in one pass, each for two requests; the next pass goes on behind them. */
const mostRepositories = 50;

/** What a pass needs of the world. */
export type LabelPorts = Ports & { labelledIssues: LabelledIssues };

/**
 * Open issues that carry the label and have no task → taken in, as if their delivery had come: it may be older than GitHub keeps
 * it, or the label older than the installation. Returns the pass. What a person was told once they are not told again.
 */
export function recoverLabels(ports: LabelPorts): () => Promise<void> {
  const done = new Set<string>();
  let rest: Repository[] = [];
  const pass = async (): Promise<void> => {
    // Listing thousands of repositories is many requests: the list is made anew when all of it has been looked at.
    if (rest.length === 0) rest = await ports.labelledIssues.repositories();
    const share = rest.slice(0, mostRepositories);
    rest = rest.slice(mostRepositories);
    for (const repository of share)
      await recoverIn(repository, done, ports).catch((err) =>
        ports.log.warn({ err, repository: repository.id }, "labelled issues could not be looked for"),
      );
  };
  // Two processes that look at once would take each issue in twice, of which one would be in vain.
  return () =>
    ports.locks
      .exclusively("recover-labels", pass)
      .catch((err) => ports.log.warn({ err }, "labelled issues could not be looked for"));
}

async function recoverIn(repository: Repository, done: Set<string>, ports: LabelPorts): Promise<void> {
  const { label } = (await ports.policies.read(repository)).policy;
  for (const issue of await ports.labelledIssues.labelled(repository, label)) {
    const rounds = await ports.tasks.find({ repositoryId: repository.id, issueNumber: issue.number });
    if (rounds.length === 0) await recoverOne({ repository, issue, label }, done, ports);
  }
}

type Missed = { repository: Repository; issue: LabelledIssue; label: string };

async function recoverOne(missed: Missed, done: Set<string>, ports: LabelPorts): Promise<void> {
  const { repository, issue, label } = missed;
  const at = { repository, number: issue.number };
  const labelling = await ports.labelledIssues.labelling(at, label);
  const key = `${repository.id}/${issue.number}/${labelling?.event}`;
  if (done.has(key) || !isOverdue(labelling, ports.clock.now())) return;
  const { edits } = await takeSnapshot(at, ports);
  await takeMissedLabel(missed, { labelling, judged: judgeMissed(labelling, edits) }, ports);
  done.add(key);
}

async function takeMissedLabel(
  { repository, issue, label }: Missed,
  { labelling, judged }: { labelling: Labelling; judged: MissedLabel },
  ports: LabelPorts,
): Promise<void> {
  const { by, byId, at, event } = labelling;
  ports.log.info({ repository: repository.id, issue: issue.number, does: judged.kind }, "a label was missed");
  if (judged.kind === "take in") {
    const asked = { repository, by, byId, delivery: `label-event-${event}` };
    await accept({ ...asked, kind: "delegate", issue: { ...issue, at }, label }, ports);
    return schedule(ports);
  }
  // Under the marker of the first round, whose status comment it becomes.
  const status = marker({ repositoryId: repository.id, issueNumber: issue.number, round: 1 }, "status");
  const body = renderMissedLabel({ label, by: judged.editedBy, at });
  await ports.issues.say({ repository, number: issue.number }, { marker: status, body });
}
