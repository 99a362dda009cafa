import { z } from "zod";
import { addComment, deleteComment, editComment, type Placed, react } from "../acts/comment-acts.ts";
import { type Answer, created, noContent, ok } from "../http/answer.ts";
import { pageOf } from "../http/paginate.ts";
import { type Reaction, reactionContents } from "../model.ts";
import { notFound } from "../refusal.ts";
import { commentShape, reactionShape } from "../shapes/issue-shape.ts";
import { bodyOf, issueAt, type RepositoryCall, repositoryRoute } from "./calls.ts";

const read = ["issues:read", "pull_requests:read"];
const write = ["issues:write", "pull_requests:write"];

const Text = z.object({ body: z.string() });
const NewReaction = z.object({ content: z.enum(reactionContents) });

/** Comments below issues and pull requests, and the reactions to all that can be reacted to. */
export const commentRoutes = [
  repositoryRoute("GET /issues/:number/comments", read, (call) => {
    const issue = issueAt(call, call.params.number);
    const since = call.url.searchParams.get("since") ?? "";
    const comments = issue.comments.filter((comment) => comment.updatedAt >= since);
    return pageOf(comments, call.url, (comment) =>
      commentShape(call.world, call.repository, { issue, comment }),
    );
  }),
  repositoryRoute("POST /issues/:number/comments", write, (call) => {
    const issue = issueAt(call, call.params.number);
    const comment = addComment(call.by, issue, bodyOf(Text, call).body);
    const effect = { kind: "comment.created", subject: comment.id };
    return created(commentShape(call.world, call.repository, { issue, comment }), effect);
  }),
  repositoryRoute("GET /issues/comments/:id", read, (call) =>
    ok(commentShape(call.world, call.repository, commentAt(call, call.params.id))),
  ),
  repositoryRoute("PATCH /issues/comments/:id", write, (call) => {
    const placed = commentAt(call, call.params.id);
    editComment(call.by, placed, bodyOf(Text, call).body);
    const effect = { kind: "comment.updated", subject: placed.comment.id };
    return ok(commentShape(call.world, call.repository, placed), effect);
  }),
  repositoryRoute("DELETE /issues/comments/:id", write, (call) => {
    const placed = commentAt(call, call.params.id);
    deleteComment(call.by, placed);
    return noContent({ kind: "comment.deleted", subject: placed.comment.id });
  }),
  repositoryRoute("GET /issues/:number/reactions", read, (call) =>
    listReactions(call, issueAt(call, call.params.number).reactions),
  ),
  repositoryRoute("POST /issues/:number/reactions", write, (call) =>
    addReaction(call, issueAt(call, call.params.number).reactions),
  ),
  repositoryRoute("GET /issues/comments/:id/reactions", read, (call) =>
    listReactions(call, commentAt(call, call.params.id).comment.reactions),
  ),
  repositoryRoute("POST /issues/comments/:id/reactions", write, (call) =>
    addReaction(call, commentAt(call, call.params.id).comment.reactions),
  ),
  repositoryRoute("GET /pulls/comments/:id/reactions", ["pull_requests:read"], (call) =>
    listReactions(call, reviewCommentReactions(call, call.params.id)),
  ),
  repositoryRoute("POST /pulls/comments/:id/reactions", ["pull_requests:write"], (call) =>
    addReaction(call, reviewCommentReactions(call, call.params.id)),
  ),
];

function commentAt({ repository }: RepositoryCall, id: string): Placed {
  for (const issue of repository.issues) {
    const comment = issue.comments.find((one) => one.id === Number(id));
    if (comment) return { issue, comment };
  }
  throw notFound();
}

function reviewCommentReactions({ repository }: RepositoryCall, id: string): Reaction[] {
  const comments = repository.issues.flatMap((issue) => issue.pull?.reviewComments ?? []);
  const comment = comments.find((one) => one.id === Number(id));
  if (!comment) throw notFound();
  return comment.reactions;
}

function listReactions({ world, url }: RepositoryCall, reactions: readonly Reaction[]): Promise<Answer> {
  const content = url.searchParams.get("content");
  const wanted = reactions.filter((reaction) => !content || reaction.content === content);
  return pageOf(wanted, url, (reaction) => reactionShape(world, reaction));
}

function addReaction(call: RepositoryCall, reactions: Reaction[]): Answer {
  const { reaction, isNew } = react(call.by, reactions, bodyOf(NewReaction, call).content);
  const shape = reactionShape(call.world, reaction);
  return isNew ? created(shape, { kind: "reaction.created", subject: reaction.content }) : ok(shape);
}
