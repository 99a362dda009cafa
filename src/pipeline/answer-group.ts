import type { ReviewNews } from "../intake/read-news.ts";
import type { Ports } from "../ports.ts";
import { reportApproval } from "../publish/report-approval.ts";
import { pullRequestsIn } from "../review/approval/pull-requests-in.ts";
import { approvalOf } from "./sign-off.ts";

/** A merge group → green if each agent's pull request in it is signed off at its own head, or none is in it. */
export async function answerGroup(
  { repository, head, base, ref }: Extract<ReviewNews, { kind: "merge group" }>,
  ports: Ports,
): Promise<void> {
  const agentCommits = await ports.branches.agentCommits(repository, { base, head });
  const { tasks, unknown } = await pullRequestsIn({ repository, ref, agentCommits }, ports);
  const judged = await Promise.all(
    tasks.map(async (task) => {
      const pull = task.pullRequest && (await ports.pullRequests.read(repository, task.pullRequest));
      return pull ? (await approvalOf(task, pull, ports)).met : false;
    }),
  );
  const met = !unknown && judged.every(Boolean);
  const pullRequests = tasks.flatMap(({ pullRequest }) => (pullRequest ? [pullRequest] : []));
  const answer = { kind: "merge group", met, pullRequests, agentCommits } as const;
  await reportApproval(repository, { head, of: `group-${head}`, answer }, ports);
}
