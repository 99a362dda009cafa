import type { Duplicate } from "../domain/task/duplicate.ts";
import type { Repository, Task } from "../domain/task/task.ts";
import type { ClosingPull } from "../ports/github.ts";
import type { Ports } from "../ports.ts";

/** More pull requests of earlier rounds are not looked at. */
const mostRounds = 3;

/**
 * The open pull requests that close an issue, anybody's. GitHub links those into the default branch alone; of our own
 * the ledger knows the others.
 */
export async function findDuplicates(
  repository: Repository,
  { linked, rounds }: { linked: ClosingPull[]; rounds: Task[] },
  { pullRequests }: Pick<Ports, "pullRequests">,
): Promise<Duplicate[]> {
  const ours = rounds.filter(({ pullRequest, state }) => pullRequest && !isClosed(state));
  const unlinked = ours.filter(({ pullRequest }) => !linked.some(isHere(pullRequest)));
  const found: Duplicate[] = linked.map((one) => ({ ...one, ...roundOf(one, ours) }));
  for (const { pullRequest: number = 0, id } of unlinked.slice(-mostRounds)) {
    const pull = await pullRequests.read(repository, number);
    if (pull?.state === "open") found.push({ number, round: id.round });
  }
  return found;
}

function isClosed(state: Task["state"]): boolean {
  return state === "ended: rejected" || state === "ended: merged";
}

function isHere(number: number | undefined): (one: Duplicate) => boolean {
  return (one) => one.number === number && one.repository === undefined;
}

function roundOf(one: Duplicate, ours: Task[]): { round?: number } {
  const round = ours.find(({ pullRequest }) => isHere(pullRequest)(one))?.id.round;
  return round === undefined ? {} : { round };
}
