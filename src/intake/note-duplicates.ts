import type { ClosingPull, IssueAt } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import type { JudgedText } from "./enter-task.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { judgeDuplicates } from "./judge-duplicates.ts";

/** The judged text with the open pull requests that close its issue, which hold its task where the rules say so. */
export async function noteDuplicates<Judged extends JudgedText>(
  judged: Judged,
  { repository, number, closers, delivery }: IssueAt & { closers: ClosingPull[]; delivery?: string },
  ports: Pick<Ports, "policies" | "tasks" | "pullRequests">,
): Promise<Judged> {
  if ("problems" in judged.judgement) return judged;
  const { policy } = await ports.policies.read(repository);
  const rounds = await ports.tasks.find({ repositoryId: repository.id, issueNumber: number });
  const duplicates = await findDuplicates(repository, { linked: closers, rounds }, ports);
  const hold = judgeDuplicates({ rule: policy.duplicates, duplicates, delivery, rounds });
  return { ...judged, duplicates, hold: judged.hold ?? hold };
}
