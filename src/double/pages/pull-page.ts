import { changedFiles, type FileChange, mergeBase } from "../git/compare.ts";
import { type Commit, readCommits } from "../git/read-objects.ts";
import type { CheckRun, PullRequest, Repository } from "../model.ts";
import { pullFacts } from "../pull-facts.ts";
import { conversation, heading } from "./conversation.ts";
import { layout, trailTo } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";
import { author, moment } from "./parts.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** A pull request as a person sees it: conversation, checks, commits and the changed files. */
export async function pullPage(repository: Repository, issue: PullRequest): Promise<string> {
  const { directory } = repository;
  const { pull } = issue;
  const facts = await pullFacts(repository, issue);
  const { headSha, baseSha } = facts;
  const ancestor = (await mergeBase(directory, baseSha, headSha)) ?? baseSha;
  const commits = await readCommits(directory, ["--reverse", "--topo-order", `${ancestor}..${headSha}`]);
  const files = await changedFiles(directory, ancestor, headSha);
  const runs = repository.checkRuns.filter((run) => run.headSha === headSha);
  const about = markup`<span>${author(issue.author)} wants to merge ${commits.length} commit${commits.length === 1 ? "" : "s"} into
<code class="branch">${pull.base}</code> from <code class="branch">${pull.head}</code></span>
<span><span class="success">+${facts.additions}</span> <span class="failure">−${facts.deletions}</span></span>`;
  return layout({
    title: `${issue.title} · Pull Request #${issue.number}`,
    trail: trailTo(repository.owner.login, repository.name),
    body: markup`${heading(issue, about)}${conversation(issue)}
${mergeBox(issue, facts.mergeable)}
<h2 id="checks">Checks</h2>${checkBox(runs)}
<h2 id="commits">Commits</h2><div class="box">${commits.map((commit) => commitRow(repository, commit))}</div>
<h2 id="files">Files changed <span class="tag">${files.length}</span></h2>${files.map(fileBox)}`,
  });
}

function mergeBox({ state, pull }: PullRequest, mergeable: boolean | null): Markup | undefined {
  if (state === "closed") return undefined;
  const conflict =
    mergeable === false
      ? markup`<div class="row failure">This branch has conflicts with the base branch.</div>`
      : undefined;
  const asked = pull.requestedReviewers.map(
    (reviewer) => markup`<div class="row waiting">● Awaiting a review from ${author(reviewer)}</div>`,
  );
  const draft = pull.draft
    ? markup`<div class="row quiet">This pull request is still a work in progress: drafts cannot be merged.</div>`
    : undefined;
  return conflict || draft || asked.length > 0
    ? markup`<div class="box">${asked}${conflict}${draft}</div>`
    : undefined;
}

function checkBox(runs: readonly CheckRun[]): Markup {
  const latest = runs.filter((run, at) => runs.findLastIndex((one) => one.name === run.name) === at);
  if (latest.length === 0)
    return markup`<div class="box"><div class="empty">No checks on this commit.</div></div>`;
  return markup`<div class="box">${latest.map(checkRow)}</div>`;
}

const marks: Record<string, Markup> = {
  success: markup`<span class="success">✓</span>`,
  failure: markup`<span class="failure">✗</span>`,
  timed_out: markup`<span class="failure">✗</span>`,
  action_required: markup`<span class="waiting">!</span>`,
  neutral: markup`<span class="quiet">■</span>`,
  skipped: markup`<span class="quiet">⊘</span>`,
  cancelled: markup`<span class="quiet">⊘</span>`,
};

function checkRow(run: CheckRun): Markup {
  const mark = marks[run.conclusion ?? ""] ?? markup`<span class="waiting">●</span>`;
  const notes = run.annotations.map(
    (note) =>
      markup`<li><code>${note.path}:${note.start_line}</code> ${note.annotation_level}: ${note.message}</li>`,
  );
  const more = markup`${run.summary ? renderMarkdown(run.summary) : undefined}${
    run.text ? renderMarkdown(run.text) : undefined
  }${notes.length > 0 ? markup`<ul>${notes}</ul>` : undefined}`;
  const output = more.text
    ? markup`<details class="markdown" id="check-${run.id}"><summary>Details</summary>${more}</details>`
    : undefined;
  const state = run.conclusion ?? run.status;
  return markup`<div class="row">${mark} <strong>${run.name}</strong> <span class="quiet">${state.replaceAll("_", " ")}${
    run.title ? ` — ${run.title}` : ""
  }</span></div>${output}`;
}

function commitRow({ signed }: Repository, commit: Commit): Markup {
  const [title = ""] = commit.message.split("\n");
  const verified = signed.has(commit.sha) ? markup` <span class="tag success">Verified</span>` : undefined;
  return markup`<div class="row"><strong>${title}</strong>${verified}
<span class="last quiet">${commit.author.name} · <span class="sha">${commit.sha.slice(0, 7)}</span> · ${moment(commit.committer.date)}</span></div>`;
}

function fileBox(file: FileChange): Markup {
  const name = file.previousPath ? `${file.previousPath} → ${file.path}` : file.path;
  const lines = (file.patch ?? "").split("\n").map(diffLine);
  const body = file.patch
    ? markup`<div class="diff"><pre>${lines}</pre></div>`
    : markup`<div class="empty">No textual difference to show.</div>`;
  return markup`<div class="box"><div class="head"><code>${name}</code> <span class="tag">${file.status}</span>
<span class="success">+${file.additions}</span> <span class="failure">−${file.deletions}</span></div>${body}</div>`;
}

const tones: Record<string, string> = { "+": "add", "-": "del", "@": "hunk" };

function diffLine(line: string): Markup {
  return markup`<span class="${tones[line.charAt(0)] ?? ""}">${line}</span>`;
}
