import type { PullRequest } from "../../ports/github.ts";
import { type Actor, loginOf } from "./login-of.ts";

/** What is asked of each pull request. Reviews are told oldest first. */
export const pullFields = `number url body isDraft state headRefOid baseRefName
      author { __typename login }
      reviews(first: 100) {
        totalCount
        nodes { state submittedAt body commit { oid } author { __typename login } }
      }`;

/** A review; one without a date is not submitted. */
export type ShownReview = {
  state: string;
  submittedAt: string | null;
  body: string;
  commit: { oid: string } | null;
  author: Actor;
};

/** A pull request as GraphQL shows it. */
export type ShownPull = {
  number: number;
  url: string;
  body: string;
  isDraft: boolean;
  state: "OPEN" | "CLOSED" | "MERGED";
  headRefOid: string;
  baseRefName: string;
  author: Actor;
  reviews: { totalCount: number; nodes: (ShownReview | null)[] | null };
};

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

/** The pull request; `botLogin` is the login under which this App writes. */
export function pullIn(shown: ShownPull, botLogin: string): PullRequest {
  return {
    number: shown.number,
    url: shown.url,
    body: shown.body,
    draft: shown.isDraft,
    state: states[shown.state],
    head: shown.headRefOid,
    base: shown.baseRefName,
    isOurs: loginOf(shown.author) === botLogin,
  };
}
