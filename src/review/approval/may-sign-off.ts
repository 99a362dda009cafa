import type { UncountedReason } from "../../domain/review/approval.ts";
import { isBotLogin } from "../../domain/task/bot-login.ts";
import { mayWrite } from "../../domain/task/permission.ts";
import { isSameLogin } from "../../domain/task/same-login.ts";
import type { ApprovalFacts } from "./approval-facts.ts";

/** What decides who may sign off. */
export type SignerFacts = Pick<ApprovalFacts, "signOff" | "owners" | "teams" | "actor" | "permissions">;

/**
 * Why a person may not sign off; undefined if they may (SPEC section 10). Nobody does without write access, and no App
 * ever. A team whose members cannot be read stands for everybody with write access.
 */
export function whyNotSigner(login: string, facts: SignerFacts): UncountedReason | undefined {
  const { signOff, actor } = facts;
  if (isBotLogin(login)) return "no person";
  if (!mayWrite(facts.permissions.get(login.toLowerCase()))) return "no write access";
  if (signOff === "writer") return undefined;
  const owners =
    signOff === "independent" ? facts.owners.filter((one) => !isSameLogin(one, actor)) : facts.owners;
  const excludesActor = signOff === "independent" || owners.length === 0;
  if (excludesActor && isSameLogin(login, actor)) return "asked for the work";
  return owners.length === 0 || owners.some((owner) => isOrHas(owner, login, facts))
    ? undefined
    : "not an owner";
}

/** The teams among the owners whose members could not be read. */
export function unreadTeams({ owners, teams }: Pick<SignerFacts, "owners" | "teams">): string[] {
  return owners.filter((owner) => isTeam(owner) && teams.get(owner) === undefined);
}

/** Whether an owner is a team, `org/team`. */
export function isTeam(owner: string): boolean {
  return owner.includes("/");
}

function isOrHas(owner: string, login: string, { teams }: SignerFacts): boolean {
  if (!isTeam(owner)) return isSameLogin(owner, login);
  const members = teams.get(owner);
  return members === undefined || members.some((member) => isSameLogin(member, login));
}
