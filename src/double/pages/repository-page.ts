import { listRefs } from "../git/read-objects.ts";
import { fullName, type Issue, type Repository } from "../model.ts";
import { layout, trailTo } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";
import { author, labelTag, moment, stateBadge } from "./parts.ts";

/** A repository's issues, pull requests and branches. */
export async function repositoryPage(repository: Repository): Promise<string> {
  const branches = await listRefs(repository.directory, "refs/heads");
  const newest = [...repository.issues].reverse();
  const rows = (wanted: boolean) =>
    newest.filter((issue) => Boolean(issue.pull) === wanted).map((issue) => issueRow(repository, issue));
  return layout({
    title: fullName(repository),
    trail: trailTo(repository.owner.login, repository.name),
    body: markup`<h2>Issues</h2>${box(rows(false), "No issues.")}
<h2>Pull requests</h2>${box(rows(true), "No pull requests.")}
<h2>Branches</h2>${box(
      [...branches].map(([ref, sha]) => branchRow(ref, sha)),
      "No branches.",
    )}`,
  });
}

/** All repositories of the double. */
export function startPage(repositories: readonly Repository[]): string {
  const rows = repositories.map(
    (one) => markup`<div class="row"><a href="/${fullName(one)}"><strong>${fullName(one)}</strong></a>
<span class="tag">${one.private ? "Private" : "Public"}</span></div>`,
  );
  const body = markup`<h2>Repositories</h2>${box(rows, "No repositories.")}`;
  return layout({ title: "GitHub double", trail: markup`<strong>Repositories</strong>`, body });
}

function box(rows: readonly Markup[], empty: string): Markup {
  return markup`<div class="box">${rows.length > 0 ? rows : markup`<div class="empty">${empty}</div>`}</div>`;
}

function issueRow(repository: Repository, issue: Issue): Markup {
  const path = `/${fullName(repository)}/${issue.pull ? "pull" : "issues"}/${issue.number}`;
  return markup`<div class="row">${stateBadge(issue)} <a href="${path}"><strong>${issue.title}</strong></a>
${issue.labels.map(labelTag)} <span class="last quiet">#${issue.number} by ${author(issue.author)} · ${moment(issue.createdAt)}</span></div>`;
}

function branchRow(ref: string, sha: string): Markup {
  return markup`<div class="row"><code class="branch">${ref.replace("refs/heads/", "")}</code>
<span class="last sha quiet">${sha.slice(0, 7)}</span></div>`;
}
