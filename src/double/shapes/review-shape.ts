import type { PullRequest, Repository, Review, ReviewComment } from "../model.ts";
import type { World } from "../world.ts";
import { accountShape, nodeId } from "./account-shape.ts";
import { association, issueHtmlUrl, reactionCounts } from "./issue-shape.ts";
import { apiUrl } from "./repository-shape.ts";

/** A review of a pull request. */
export function reviewShape(
  world: World,
  repository: Repository,
  at: { issue: PullRequest; review: Review },
) {
  const { issue, review } = at;
  const html = `${issueHtmlUrl(world, repository, issue)}#pullrequestreview-${review.id}`;
  const pull = `${apiUrl(world, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: accountShape(world, review.author),
    body: review.body,
    commit_id: review.commit,
    submitted_at: review.submittedAt,
    state: review.state as string,
    html_url: html,
    pull_request_url: pull,
    author_association: association(repository, review.author),
    _links: { html: { href: html }, pull_request: { href: pull } },
  };
}

/** A review as webhooks write it: the state in small letters, no text as null. */
export function reviewHookShape(
  world: World,
  repository: Repository,
  at: { issue: PullRequest; review: Review },
) {
  const shape = reviewShape(world, repository, at);
  return { ...shape, state: shape.state.toLowerCase(), body: shape.body || null };
}

/** A comment on a line of a diff. */
export function reviewCommentShape(
  world: World,
  repository: Repository,
  at: { issue: PullRequest; comment: ReviewComment },
) {
  const { issue, comment } = at;
  const url = `${apiUrl(world, repository)}/pulls/comments/${comment.id}`;
  const html = `${issueHtmlUrl(world, repository, issue)}#discussion_r${comment.id}`;
  const pull = `${apiUrl(world, repository)}/pulls/${issue.number}`;
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId("PRRC", comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    position: comment.line,
    original_position: comment.line,
    commit_id: comment.commit,
    original_commit_id: comment.commit,
    user: accountShape(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: pull,
    author_association: association(repository, comment.author),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pull } },
    start_line: null,
    original_start_line: null,
    start_side: null,
    line: comment.line,
    original_line: comment.line,
    side: "RIGHT",
    subject_type: "line",
    reactions: reactionCounts(comment.reactions, `${url}/reactions`),
    ...(comment.inReplyTo && { in_reply_to_id: comment.inReplyTo }),
  };
}
