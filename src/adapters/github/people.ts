import type { Permission } from "../../domain/task/permission.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { People } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import type { AppFacts } from "./app-facts.ts";
import { isRefusal, isUngranted, unlessGone } from "./github-failure.ts";
import { allFitting, everyItem } from "./pages.ts";

/** What people may do, asked anew each time: a permission can be taken away between two questions. */
export function peopleOf(client: GitHubClient, ours: () => Promise<AppFacts>): People {
  return {
    async permission(repository: Repository, login: string): Promise<Permission> {
      const answer = await unlessGone(
        client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
          ...accessTo(repository, { metadata: "read" }),
          username: login,
        }),
      );
      return permissionOf(answer?.data.permission);
    },
    async app(repository: Repository, login: string): Promise<number | undefined> {
      const slug = /^(?<slug>[\w-]+)\[bot\]$/.exec(login)?.groups?.slug;
      if (slug === undefined || slug === (await ours()).slug) return undefined;
      const answer = await unlessGone(
        client.request("GET /apps/{app_slug}", {
          app_slug: slug,
          request: accessTo(repository, { metadata: "read" }).request,
        }),
      );
      return answer?.data?.id;
    },
    members: (repository, team) => readMembers(client, repository, team),
  };
}

/** Without the optional permission GitHub mints no such token (422), or answers as if there were no such team. */
async function readMembers(
  client: GitHubClient,
  repository: Repository,
  team: string,
): Promise<string[] | undefined> {
  const [org = "", team_slug = ""] = team.split("/");
  const members = everyItem((page) =>
    client.request("GET /orgs/{org}/teams/{team_slug}/members", {
      ...{ org, team_slug, request: accessTo(repository, { members: "read" }).request },
      ...page,
    }),
  );
  try {
    return (await allFitting(members, () => true)).map(({ login }) => login);
  } catch (error) {
    if (isUngranted(error) || isRefusal(error, 403) || isRefusal(error, 404)) return undefined;
    throw error;
  }
}

/** GitHub folds `maintain` into `write` and `triage` into `read` itself; what it may add later is worth nothing. */
function permissionOf(said: string | undefined): Permission {
  return said === "admin" || said === "write" || said === "read" ? said : "none";
}
