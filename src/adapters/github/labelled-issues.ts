import { isLabel } from "../../domain/task/is-label.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { IssueAt, LabelledIssue, LabelledIssues, Labelling } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { unlessGone } from "./github-failure.ts";
import { allFitting, everyItem } from "./pages.ts";

/** Open issues that carry the label, wherever the App is installed. */
export function labelledIssuesOf(client: GitHubClient): LabelledIssues {
  return {
    repositories: () => listRepositories(client),
    labelled: (repository, label) => labelledIn(client, repository, label),
    labelling: (at, label) => labellingOf(client, at, label),
  };
}

async function listRepositories(client: GitHubClient): Promise<Repository[]> {
  const installed = everyItem((page) => client.request("GET /app/installations", page));
  const active = await allFitting(installed, ({ suspended_at: suspended }) => suspended === null);
  const found: Repository[] = [];
  for (const { id } of active) found.push(...(await repositoriesOf(client, id)));
  return found.sort((a, b) => a.id - b.id);
}

/** An installation that was removed meanwhile has none; what is archived takes no comment. */
async function repositoriesOf(client: GitHubClient, installationId: number): Promise<Repository[]> {
  const grant = { installationId, repositoryId: "all" as const, permissions: { metadata: "read" as const } };
  const listed = everyItem(async (page) => {
    const answer = await client.request("GET /installation/repositories", { ...page, request: { grant } });
    return { data: answer.data.repositories };
  });
  const open = await unlessGone(allFitting(listed, ({ archived }) => !archived));
  return (open ?? []).map(({ id, owner, name, default_branch: defaultBranch }) => ({
    ...{ id, installationId, owner: owner.login, name, defaultBranch },
  }));
}

async function labelledIn(
  client: GitHubClient,
  repository: Repository,
  label: string,
): Promise<LabelledIssue[]> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/issues", {
      ...accessTo(repository, { issues: "read" }),
      ...{ labels: label, state: "open", sort: "created", direction: "asc", per_page: 100 },
    }),
  );
  const issues = (answer?.data ?? []).filter((issue) => issue.pull_request === undefined);
  return issues.map(({ number, title, body, user }) => ({
    ...{ number, title, body: body ?? "", author: user?.login ?? "ghost" },
  }));
}

async function labellingOf(
  client: GitHubClient,
  { repository, number }: IssueAt,
  label: string,
): Promise<Labelling | undefined> {
  const events = everyItem((page) =>
    client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/events", {
      ...accessTo(repository, { issues: "read" }),
      ...{ ...page, issue_number: number },
    }),
  );
  const named = await unlessGone(
    allFitting(
      events,
      (one) => one.event === "labeled" && "label" in one && isLabel(one.label?.name ?? "", label),
    ),
  );
  const last = named?.at(-1);
  return last?.actor
    ? { by: last.actor.login, byId: last.actor.id, at: last.created_at, event: last.id }
    : undefined;
}
