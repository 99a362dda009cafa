import type { HoldRule } from "../situation.ts";

/** What is open, or will be in a moment, must not grow beyond what people can review. */
export const reviewLimit: HoldRule<"review-limit"> = ({ repositoryId }, { occupying, rules }) => {
  const open = occupying.filter((other) => other.repositoryId === repositoryId).length;
  const limit = rules.openPullRequests;
  return open >= limit ? { kind: "review-limit", limit } : undefined;
};
