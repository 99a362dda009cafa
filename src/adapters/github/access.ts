import type { Octokit } from "@octokit/rest";
import type { Repository } from "../../domain/task/task.ts";

/** A client of GitHub's REST API whose every request passes the policy of `request-policy.ts`. */
export type GitHubClient = InstanceType<typeof Octokit>;

/** What a token may do; `metadata: read` comes with every token. */
export type Permissions = Readonly<
  Partial<
    Record<
      | "metadata"
      | "contents"
      | "issues"
      | "pull_requests"
      | "checks"
      | "administration"
      | "members"
      | "actions",
      "read" | "write"
    >
  >
>;

/**
 * For whom and what a token is minted: one installation, one repository, the least permissions. Only the list of an
 * installation's repositories takes a token for all of them, which then reads their metadata and nothing else.
 */
export type Grant =
  | { installationId: number; repositoryId: number; permissions: Permissions }
  | { installationId: number; repositoryId: "all"; permissions: { metadata: "read" } };

/** What this adapter adds to a request's options; `repeatable` says that sending it twice is sending it once. */
export type PolicyOptions = { grant?: Grant; repeatable?: boolean };

/** The parameters by which a request names its repository and asks for its token. */
export type Access = { owner: string; repo: string; request: PolicyOptions & { grant: Grant } };

/** Access to one repository with these permissions and no others. */
export function accessTo(repository: Repository, permissions: Permissions): Access {
  const grant = { installationId: repository.installationId, repositoryId: repository.id, permissions };
  return { owner: repository.owner, repo: repository.name, request: { grant } };
}

/** The same access for a write that may be sent again after a lost answer, because it leaves the same behind. */
export function repeatably(access: Access): Access {
  return { ...access, request: { ...access.request, repeatable: true } };
}
