import type { AgentCommit } from "../../domain/review/approval.ts";
import type { Repository } from "../../domain/task/task.ts";
import { parseTrailers } from "../../domain/task/trailers.ts";
import type { Branches } from "../../ports/branches.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import type { AppFacts } from "./app-facts.ts";
import { everyItem } from "./pages.ts";

type Range = Parameters<Branches["agentCommits"]>[1];

/**
 * The commits of agents between two points. A comparison lists all commits in pages, where a pull request lists no more
 * than 250.
 */
export async function agentCommits(
  client: GitHubClient,
  { repository, range, app }: { repository: Repository; range: Range; app: () => Promise<AppFacts> },
): Promise<AgentCommit[]> {
  const { botLogin } = await app();
  const commits = everyItem(async (page) => {
    const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...accessTo(repository, { contents: "read" }),
      basehead: `${range.base}...${range.head}`,
      ...page,
    });
    return { data: data.commits };
  });
  const found: AgentCommit[] = [];
  for await (const { sha, author, commit } of commits) {
    const task = parseTrailers(commit.message)?.task ?? null;
    if (task !== null || author?.login === botLogin) found.push({ commit: sha, task });
  }
  return found;
}
