import type { Issue, Repository } from "../model.ts";
import { conversation, heading } from "./conversation.ts";
import { layout, trailTo } from "./layout.ts";
import { markup } from "./markup.ts";
import { author } from "./parts.ts";

/** An issue as a person sees it. */
export function issuePage(repository: Repository, issue: Issue): string {
  const count = issue.comments.length === 1 ? "1 comment" : `${issue.comments.length} comments`;
  const assigned =
    issue.assignees.length > 0 ? markup` · assigned to ${issue.assignees.map(author)}` : undefined;
  const about = markup`<span>${author(issue.author)} opened this issue · ${count}${assigned}</span>`;
  return layout({
    title: `${issue.title} · Issue #${issue.number}`,
    trail: trailTo(repository.owner.login, repository.name),
    body: markup`${heading(issue, about)}${conversation(issue)}`,
  });
}
