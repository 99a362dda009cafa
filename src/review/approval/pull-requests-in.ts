import type { AgentCommit } from "../../domain/review/approval.ts";
import type { Repository, Task } from "../../domain/task/task.ts";
import { parseTaskKey } from "../../domain/task/task-id.ts";
import type { Ports } from "../../ports.ts";

/**
 * The tasks whose work is in a merge group, each once: by the trailers of its commits, and by the number of the pull request that
 * GitHub writes into the group's ref, since a queue that squashes rewrites commits. `unknown`: an agent's commit belongs
 * to none of them.
 */
export async function pullRequestsIn(
  { repository, ref, agentCommits }: { repository: Repository; ref: string; agentCommits: AgentCommit[] },
  { tasks }: Pick<Ports, "tasks">,
): Promise<{ tasks: Task[]; unknown: boolean }> {
  const number = Number(/\/pr-(?<number>\d{1,9})-/.exec(ref)?.groups?.number ?? 0);
  const queued =
    number > 0 ? (await tasks.find({ repositoryId: repository.id, pullRequest: number })).at(-1) : undefined;
  const ids = agentCommits.map(({ task }) => (task === null ? undefined : parseTaskKey(task)));
  const named = await Promise.all(ids.map((id) => (id ? tasks.read(id) : undefined)));
  const known = [queued, ...named].filter((task) => task !== undefined);
  const unique = known.filter((task, at) => known.findIndex((one) => one.branch === task.branch) === at);
  const isForeign = (task: Task): boolean => task.id.repositoryId !== repository.id;
  const isNobodys = ({ task }: AgentCommit, at: number): boolean =>
    named[at] === undefined && (task !== null || queued === undefined);
  return { tasks: unique, unknown: unique.some(isForeign) || agentCommits.some(isNobodys) };
}
