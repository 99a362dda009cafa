import type { ObjectId } from "../evidence/change.ts";
import type { KeptEvidence, PushedHead } from "./pushed-head.ts";
import { type Attempt, currentAttempt, type Task } from "./task.ts";

/** The newest evidence of what is on the branch, and the commit that it is for; undefined while nothing is published. */
export function newestProof(
  task: Pick<Task, "attempts" | "pushed">,
): { commit: ObjectId; evidence: KeptEvidence } | undefined {
  const published = publishedAttempt(task);
  const pushed = pushedHead(task);
  if (pushed?.evidence) return { commit: pushed.head, evidence: pushed.evidence };
  const { commit, evidence } = published ?? {};
  return commit && evidence && { commit: commit.commit, evidence };
}

/** What people pushed on top of the newest attempt's commit; what they pushed before it is part of that commit. */
export function pushedHead({ attempts, pushed }: Pick<Task, "attempts" | "pushed">): PushedHead | undefined {
  return pushed && pushed.attempt === publishedAttempt({ attempts })?.number ? pushed : undefined;
}

/** The newest attempt whose commit is on the branch. */
export function publishedAttempt({ attempts }: Pick<Task, "attempts">): Attempt | undefined {
  return attempts.findLast(({ commit }) => commit);
}

/** What the logs and the evidence of a proof are named by: the attempt's number, and the tree of a head that people pushed. */
export function proofName(task: Task): string {
  const { number = 1, pushed } = currentAttempt(task) ?? {};
  if (!pushed) return String(number);
  return [number, pushed.tree.slice(0, 12), ...(pushed.run > 1 ? [pushed.run] : [])].join("-");
}
