import type { Hold } from "../domain/task/hold.ts";
import { taskStates } from "../domain/task/state.ts";
import type { Repository, Task } from "../domain/task/task.ts";
import type { IssueAt } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import type { JudgedText } from "./enter-task.ts";

/** So many tasks of a repository, the last changed first, are asked whether GitHub refused a draft. */
const mostTasks = 20;

/**
 * The judged text with whether GitHub refuses drafts, as far as it can be told: by the plan, or because it refused the last
 * one here. Where the rules require drafts that holds the task; what is only remembered is tried again by the label again.
 */
export async function noteDrafts<Judged extends JudgedText>(
  judged: Judged,
  { repository, number, delivery }: IssueAt & { delivery?: string },
  ports: Pick<Ports, "policies" | "tasks">,
): Promise<Judged> {
  if ("problems" in judged.judgement) return judged;
  const measured = judged.protection?.drafts === false;
  const draftsRefused = measured || (await wasRefused(repository, ports)) || undefined;
  const { policy } = await ports.policies.read(repository);
  if (policy.draft !== "require" || !draftsRefused) return { ...judged, draftsRefused };
  const rounds = await ports.tasks.find({ repositoryId: repository.id, issueNumber: number });
  const hold = judgeDraftHold({ measured, delivery, rounds });
  return { ...judged, draftsRefused, hold: judged.hold ?? hold };
}

async function wasRefused({ id }: Repository, { tasks }: Pick<Ports, "tasks">): Promise<boolean> {
  const last = await tasks.select({ repositories: [id], states: taskStates, skip: 0, limit: mostTasks });
  return last.find(({ draft }) => draft !== undefined)?.draft === false;
}

/** A person who was told may know that the plan has changed since. */
function judgeDraftHold(known: {
  measured: boolean;
  delivery: string | undefined;
  rounds: Task[];
}): Hold | undefined {
  const { measured, delivery, rounds } = known;
  const wasTold = rounds.some(({ hold, askedIn }) => hold?.kind === "draft" && askedIn !== delivery);
  return !measured && delivery !== undefined && wasTold ? undefined : { kind: "draft", measured };
}
