import { gatherFacts } from "../brief/gather-facts.ts";
import { type Judgement, judgeBrief } from "../brief/judge-brief.ts";
import type { Hold } from "../domain/hold.ts";
import type { Repository } from "../domain/task.ts";
import { mayAsk } from "../intake/judge-asker.ts";
import type { Ports } from "../ports.ts";

/** A text, who wrote it, and who asks for its work. */
export type AskedText = { repository: Repository; by: string; issue: { body: string; author: string } };

/** What a text was judged to be, and what keeps its task waiting although it may be complete. */
export type Judged = { judgement: Judgement; hold: Hold | undefined };

/**
 * Judges what somebody asks for against the repository as it is now. The base is fetched for it, which may take minutes:
 * callers hold no lock, and a repository that cannot be reached lets the delivery be tried again.
 */
export async function judgeAsked({ repository, by, issue }: AskedText, ports: Ports): Promise<Judged> {
  const { policy, problems } = await ports.policies.read(repository);
  const authorMayWrite = mayAsk(await ports.people.permission(repository, issue.author));
  const base = await gatherFacts(issue.body, { repository, policy }, ports);
  const agents = policy.agents.known;
  const judgement = judgeBrief(issue.body, { actor: by, authorMayWrite, policy, agents, base });
  return { judgement, hold: problems.length > 0 ? { kind: "configuration", problems } : undefined };
}
