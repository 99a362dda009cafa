import type { Repository } from "../../domain/task/task.ts";
import type { CodeownersFault } from "../../ports/doctor.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { unlessGone } from "./github-failure.ts";

/** A repository that was found by its name. */
export type FoundRepository = { repository: Repository; isArchived: boolean; hasIssues: boolean };

/** The repository of this name, if the App is installed on it and works there; the token by which it was found is told. */
export async function findRepository(
  client: GitHubClient,
  { owner, name, minted }: { owner: string; name: string; minted: (token: string) => void },
): Promise<FoundRepository | "suspended" | undefined> {
  const at = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/installation", { owner, repo: name }),
  );
  if (!at) return undefined;
  if (at.data.suspended_at !== null) return "suspended";
  const installationId = at.data.id;
  // The answer to the minting tells of the repository, for which no token could be asked by its id before.
  const { data } = await client.request("POST /app/installations/{installation_id}/access_tokens", {
    installation_id: installationId,
    repositories: [name],
    permissions: { metadata: "read" },
    request: { repeatable: true },
  });
  minted(data.token);
  const [found] = data.repositories ?? [];
  if (!found) return undefined;
  return {
    repository: {
      ...{ id: found.id, installationId, owner: found.owner.login, name: found.name },
      defaultBranch: found.default_branch,
    },
    isArchived: found.archived,
    hasIssues: found.has_issues,
  };
}

/** The names of what lies in a folder of the default branch; empty where there is none. */
export async function listGitHubFolder(
  client: GitHubClient,
  repository: Repository,
  path: string,
): Promise<string[]> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...accessTo(repository, { contents: "read" }),
      path,
    }),
  );
  return Array.isArray(answer?.data) ? answer.data.map(({ name }) => name) : [];
}

/** Whether the repository has a label of this name. */
export async function labelExists(
  client: GitHubClient,
  repository: Repository,
  name: string,
): Promise<boolean> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/labels/{name}", {
      ...accessTo(repository, { issues: "read" }),
      name,
    }),
  );
  return answer !== undefined;
}

/** What GitHub finds wrong with CODEOWNERS; undefined where there is none. */
export async function codeownersFaults(
  client: GitHubClient,
  repository: Repository,
): Promise<CodeownersFault[] | undefined> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/codeowners/errors", accessTo(repository, { contents: "read" })),
  );
  return answer?.data.errors.map(({ path, line, kind, source, suggestion }) => ({
    ...{ path, line },
    message: [kind, source?.trim(), suggestion ?? undefined].filter(Boolean).join(": "),
  }));
}
