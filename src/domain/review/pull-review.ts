import type { ObjectId } from "../evidence/change.ts";

/** What a review says now: GitHub turns a dismissed one into `dismissed`, whatever it said before. */
export type ReviewVerdict = "approved" | "changes-requested" | "commented" | "dismissed";

/** A submitted review of a pull request, and the commit that its author looked at. */
export type PullReview = { by: string; verdict: ReviewVerdict; commit: ObjectId };
