import type { Account, Comment, Issue, Reaction, ReactionContent } from "../model.ts";
import { refuseLongBody, validationFailed } from "../refusal.ts";
import { commentShape, issueShape } from "../shapes/issue-shape.ts";
import { now, type World } from "../world.ts";
import { announce, type By } from "./announce.ts";

/** A comment and the issue that it is below. */
export type Placed = { issue: Issue; comment: Comment };

/** Comments on an issue or a pull request. */
export function addComment(by: By, issue: Issue, body: string): Comment {
  refuseBody(body);
  const { world, actor } = by;
  const comment: Comment = {
    id: world.newId(),
    author: actor,
    body,
    createdAt: now(world),
    updatedAt: now(world),
    reactions: [],
  };
  issue.comments.push(comment);
  issue.updatedAt = now(world);
  announceComment(by, { issue, comment }, { action: "created" });
  return comment;
}

/** Changes what a comment says. */
export function editComment(by: By, at: Placed, body: string): void {
  refuseBody(body);
  const from = at.comment.body;
  at.comment.body = body;
  at.comment.updatedAt = now(by.world);
  announceComment(by, at, { action: "edited", changes: { body: { from } } });
}

/** Takes a comment away. */
export function deleteComment(by: By, at: Placed): void {
  at.issue.comments = at.issue.comments.filter((one) => one !== at.comment);
  announceComment(by, at, { action: "deleted" });
}

/** Reacts once per person and content; says whether the reaction is new. */
export function react(
  { world, actor }: { world: World; actor: Account },
  reactions: Reaction[],
  content: ReactionContent,
): { reaction: Reaction; isNew: boolean } {
  const old = reactions.find((one) => one.content === content && one.author.id === actor.id);
  if (old) return { reaction: old, isNew: false };
  const reaction = { id: world.newId(), content, author: actor, createdAt: now(world) };
  reactions.push(reaction);
  return { reaction, isNew: true };
}

function announceComment(
  by: By,
  at: Placed,
  { action, changes }: { action: string; changes?: Record<string, unknown> },
): void {
  announce(by, `issue_comment.${action}`, {
    ...(changes && { changes }),
    issue: issueShape(by.world, by.repository, at.issue),
    comment: commentShape(by.world, by.repository, at),
  });
}

function refuseBody(body: string): void {
  if (!body.trim())
    throw validationFailed({
      resource: "IssueComment",
      code: "missing_field",
      field: "body",
      message: "Body can't be blank",
    });
  refuseLongBody(body, "IssueComment");
}
