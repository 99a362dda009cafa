import type { ObjectId } from "../evidence/change.ts";
import type { Policy } from "../rules/policy.ts";

/** Why a review that approves, or one that asks for changes, has no part in the sign-off. */
export type UncountedReason =
  | "older commit"
  | "no write access"
  | "not an owner"
  | "asked for the work"
  | "no person";

/** A review that does not count, and why. */
export type UncountedReview = { by: string; reason: UncountedReason };

/** Whether somebody who may sign off approves the very head. */
export type ReviewCondition = { met: boolean; by: string[]; uncounted: UncountedReview[] };

/** Whether nobody who may sign off asks for changes, on whatever commit they did. */
export type ObjectionCondition = { met: boolean; by: string[] };

/** Whether each class or path that the change touches and somebody wanted a say in was approved for the very head. */
export type AsksCondition = {
  met: boolean;
  isMeasured: boolean;
  asks: { name: string; by: string | null }[];
};

/** Who may sign off. No owners: any person with write access but the one who asked. */
export type SignOffRight = {
  signOff: Policy["signOff"];
  owners: string[];
  actor: string;
  /** Teams whose members could not be read, so that each person with write access counts for them. */
  unread: string[];
};

/** The sign-off of an agent's pull request at one head: what each rule came to, and whether all of them are met. */
export type Approval = {
  head: ObjectId;
  met: boolean;
  signers: SignOffRight;
  review: ReviewCondition;
  objections: ObjectionCondition;
  asks: AsksCondition;
};

/** A commit of an agent's in a pull request or merge group that is not its task's own; `task` is as its trailer has it. */
export type AgentCommit = { commit: ObjectId; task: string | null };

/** What `drafthorse/approval` says of a head: an agent's own pull request, or any other. */
export type ApprovalAnswer =
  | { kind: "agent"; approval: Approval }
  | { kind: "other"; agentCommits: AgentCommit[] }
  | { kind: "merge group"; met: boolean; pullRequests: number[]; agentCommits: AgentCommit[] };

/** `/approve CLASS` as the ledger keeps it: it counts for this head alone. */
export type ClassApproval = { name: string; by: string; head: ObjectId };
