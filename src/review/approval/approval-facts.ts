import type { ObjectId } from "../../domain/evidence/change.ts";
import type { ClassApproval } from "../../domain/review/approval.ts";
import type { PullReview } from "../../domain/review/pull-review.ts";
import type { ReviewEvent } from "../../domain/review/review-event.ts";
import type { Policy } from "../../domain/rules/policy.ts";
import type { Permission } from "../../domain/task/permission.ts";

/** All that the rules of the sign-off read, as plain values. Logins are compared without case. */
export type ApprovalFacts = {
  head: ObjectId;
  signOff: Policy["signOff"];
  /** Logins and `org/team`; none: nobody in particular. */
  owners: string[];
  /** The members of the teams among the owners; undefined where they cannot be read. */
  teams: ReadonlyMap<string, string[] | undefined>;
  /** Who asked for the work. */
  actor: string;
  /** Oldest first. */
  reviews: PullReview[];
  /** What the people of `reviews` and `approvals` may do now. */
  permissions: ReadonlyMap<string, Permission>;
  /** The classes and paths of the boundary that the head touches; undefined while nobody has measured the head. */
  asks: string[] | undefined;
  approvals: ClassApproval[];
};

/** The name of one of the facts. */
export type FactName = keyof ApprovalFacts;

/**
 * Which events change which fact. What people may do and who is in a team change without an event that every
 * installation gets: they are read anew each time anything else is judged.
 */
export const changedBy: Record<FactName, readonly ReviewEvent[]> = {
  head: ["opened", "reopened", "pushed", "base changed"],
  signOff: ["asked again"],
  owners: ["opened", "asked again"],
  teams: ["asked again"],
  actor: [],
  reviews: ["reviewed", "review dismissed"],
  permissions: ["asked again"],
  asks: ["measured", "base changed"],
  approvals: ["class approved"],
};
