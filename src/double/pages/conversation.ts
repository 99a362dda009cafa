import { type Issue, type IssueEvent, isPullRequest, type PullRequest, type Review } from "../model.ts";
import { type Markup, markup } from "./markup.ts";
import { author, labelTag, moment, stateBadge, writtenBox } from "./parts.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** The title of an issue or pull request with its state and labels. */
export function heading(issue: Issue, about: Markup): Markup {
  return markup`<h1>${issue.title} <span class="quiet">#${issue.number}</span></h1>
<div class="meta">${stateBadge(issue)} ${about} ${issue.labels.map(labelTag)}</div>`;
}

/** All that was said and done, in the order of time. */
export function conversation(issue: Issue): Markup {
  const entries = [
    ...issue.comments.map((comment) => ({
      at: comment.createdAt,
      id: comment.id,
      show: commentBox(comment),
    })),
    ...issue.events.map((event) => ({ at: event.createdAt, id: event.id, show: eventLine(event) })),
    ...(isPullRequest(issue)
      ? issue.pull.reviews.map((review) => ({
          at: review.submittedAt,
          id: review.id,
          show: reviewBox(issue, review),
        }))
      : []),
  ].sort((a, b) => a.at.localeCompare(b.at) || a.id - b.id);
  const opening = { id: "opening", who: issue.author, at: issue.createdAt, verb: "opened this" };
  return markup`${writtenBox({ ...opening, body: issue.body, reactions: issue.reactions })}
${entries.map(({ show }) => show)}`;
}

function commentBox({
  id,
  author: who,
  createdAt,
  updatedAt,
  body,
  reactions,
}: Issue["comments"][number]): Markup {
  const verb = updatedAt === createdAt ? "commented" : "commented (edited)";
  return writtenBox({ id: `issuecomment-${id}`, who, at: createdAt, verb, body, reactions });
}

const deeds: Record<string, string> = {
  renamed: "changed the title",
  head_ref_deleted: "deleted the branch",
  ready_for_review: "marked this ready for review",
  review_requested: "requested a review from",
  assigned: "assigned",
  labeled: "added the label",
  unlabeled: "removed the label",
};

function eventLine({ event, actor, createdAt, detail }: IssueEvent): Markup {
  const about = [detail.label, detail.assignee, detail.requested_reviewer]
    .map((one) => one as { name?: string; login?: string } | undefined)
    .map((one) => one?.name ?? one?.login)
    .find(Boolean);
  const what = about ? markup` <strong>${about}</strong>` : undefined;
  return markup`<div class="event">${author(actor)} ${deeds[event] ?? `${event} this`}${what} ${moment(createdAt)}</div>`;
}

const verdicts = {
  APPROVED: markup`<span class="success">✓ approved these changes</span>`,
  CHANGES_REQUESTED: markup`<span class="failure">requested changes</span>`,
  COMMENTED: markup`reviewed`,
  DISMISSED: markup`reviewed (dismissed)`,
};

function reviewBox({ pull }: PullRequest, review: Review): Markup {
  const lines = pull.reviewComments
    .filter(({ reviewId }) => reviewId === review.id)
    .map(
      ({ path, line, body }) =>
        markup`<div class="row"><code>${path}:${line}</code></div><div class="markdown">${renderMarkdown(body)}</div>`,
    );
  const text = review.body ? markup`<div class="markdown">${renderMarkdown(review.body)}</div>` : undefined;
  return markup`<article class="box" id="pullrequestreview-${review.id}"><div class="head">${author(review.author)}
${verdicts[review.state]} at <span class="sha">${review.commit.slice(0, 7)}</span> ${moment(review.submittedAt)}</div>${text}${lines}</article>`;
}
