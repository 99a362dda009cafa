import { changedFiles, mergeBase } from "../git/compare.ts";
import type { PullRequest, Review, ReviewComment, ReviewState } from "../model.ts";
import { pullFacts } from "../pull-facts.ts";
import { invalid } from "../refusal.ts";
import { inWebhook, simplePullShape } from "../shapes/pull-shape.ts";
import { reviewCommentShape, reviewHookShape } from "../shapes/review-shape.ts";
import { now } from "../world.ts";
import { announce, type By } from "./announce.ts";

/** A comment of a review on a line of the new side. */
export type LineComment = { path: string; line: number; body: string; inReplyTo?: number };

/** What a review says. */
export type NewReview = {
  state: Exclude<ReviewState, "DISMISSED">;
  body?: string;
  comments?: LineComment[];
};

/** Reviews a pull request at its present head. */
export async function submitReview(by: By, issue: PullRequest, fields: NewReview): Promise<Review> {
  const { world, repository, actor } = by;
  if (actor.id === issue.author.id && fields.state !== "COMMENTED")
    throw invalid("Unprocessable Entity: Can not approve your own pull request");
  const { headSha } = await pullFacts(repository, issue);
  const review: Review = {
    id: world.newId(),
    author: actor,
    state: fields.state,
    body: fields.body ?? "",
    commit: headSha,
    submittedAt: now(world),
  };
  issue.pull.reviews.push(review);
  issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter((one) => one.id !== actor.id);
  issue.pull.requestedTeams = issue.pull.requestedTeams.filter((team) => !team.members.includes(actor));
  issue.updatedAt = now(world);
  await announceReview(by, { issue, review }, "submitted");
  for (const comment of fields.comments ?? []) await addReviewComment(by, { issue, review }, comment);
  return review;
}

/** Dismisses a review. */
export async function dismissReview(by: By, at: { issue: PullRequest; review: Review }): Promise<void> {
  at.review.state = "DISMISSED";
  await announceReview(by, at, "dismissed");
}

async function addReviewComment(
  by: By,
  { issue, review }: { issue: PullRequest; review: Review },
  fields: LineComment,
): Promise<void> {
  const { world, repository, actor } = by;
  const comment: ReviewComment = {
    id: world.newId(),
    reviewId: review.id,
    author: actor,
    body: fields.body,
    path: fields.path,
    line: fields.line,
    commit: review.commit,
    diffHunk: await hunkOf(by, issue, fields.path),
    inReplyTo: fields.inReplyTo,
    createdAt: now(world),
    updatedAt: now(world),
    reactions: [],
  };
  issue.pull.reviewComments.push(comment);
  announce(by, "pull_request_review_comment.created", {
    comment: reviewCommentShape(world, repository, { issue, comment }),
    pull_request: inWebhook(world, issue, await simplePullShape(world, repository, issue)),
  });
}

async function hunkOf({ repository }: By, issue: PullRequest, path: string): Promise<string> {
  const { headSha, baseSha } = issue.pull;
  const ancestor = (await mergeBase(repository.directory, baseSha, headSha)) ?? baseSha;
  const files = await changedFiles(repository.directory, ancestor, headSha);
  return files.find((file) => file.path === path)?.patch ?? "";
}

async function announceReview(
  by: By,
  at: { issue: PullRequest; review: Review },
  action: string,
): Promise<void> {
  announce(by, `pull_request_review.${action}`, {
    review: reviewHookShape(by.world, by.repository, at),
    pull_request: inWebhook(by.world, at.issue, await simplePullShape(by.world, by.repository, at.issue)),
  });
}
