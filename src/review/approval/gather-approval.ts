import type { ObjectId } from "../../domain/evidence/change.ts";
import type { PullReview } from "../../domain/review/pull-review.ts";
import type { Permission } from "../../domain/task/permission.ts";
import { ownersOf } from "../../domain/task/reviewers-of.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Ports } from "../../ports.ts";
import type { ApprovalFacts } from "./approval-facts.ts";
import { isTeam } from "./may-sign-off.ts";

/**
 * A head and the reviews of its pull request, and which classes and paths it touches that must be asked for; undefined while
 * nobody has measured that.
 */
export type JudgedHead = { head: ObjectId; reviews: PullReview[]; asks: string[] | undefined };

/** Gathers what the sign-off of a task's pull request is judged by, as it is now. `also` is a person who has just spoken. */
export async function gatherApproval(
  task: Task,
  { head, reviews, asks, also = [] }: JudgedHead & { also?: string[] },
  { people, policies }: Pick<Ports, "people" | "policies">,
): Promise<ApprovalFacts> {
  const { repository, approvals = [], askedBy } = task;
  const owners = ownersOf(task).map((owner) => owner.replace(/^@/, ""));
  const teams = new Map<string, string[] | undefined>();
  for (const team of owners.filter(isTeam)) teams.set(team, await people.members(repository, team));
  const speakers = [...reviews, ...approvals].map(({ by }) => by.toLowerCase());
  const permissions = new Map<string, Permission>();
  for (const login of new Set([...speakers, ...also.map((one) => one.toLowerCase())]))
    permissions.set(login, await people.permission(repository, login));
  const { signOff } = await policies.of(repository);
  return { head, signOff, owners, teams, actor: askedBy, reviews, permissions, asks, approvals };
}
