import { isSameLogin } from "../../domain/task/same-login.ts";
import type { Repository } from "../../domain/task/task.ts";
import { accessTo, type GitHubClient, repeatably } from "./access.ts";
import { isRefusal } from "./github-failure.ts";

/** Who is asked for what on which pull request; a team is `org/team`. */
type ReviewOrder = { repository: Repository; number: number; names: string[] };

/**
 * One that cannot be asked refuses the whole request: then each is asked by itself. GitHub names a team without its organization,
 * so that one of another would be taken for one of that name here.
 */
export async function requestReviews(client: GitHubClient, order: ReviewOrder): Promise<string[]> {
  const isForeign = (name: string): boolean =>
    name.includes("/") && !isSameLogin(name.slice(0, name.indexOf("/")), order.repository.owner);
  const refused = order.names.filter(isForeign);
  const names = order.names.filter((name) => !isForeign(name));
  if (names.length === 0 || (await requestReviewers(client, { ...order, names }))) return refused;
  if (names.length === 1) return order.names;
  for (const name of names)
    if (!(await requestReviewers(client, { ...order, names: [name] }))) refused.push(name);
  return refused;
}

async function requestReviewers(
  client: GitHubClient,
  { repository, number, names }: ReviewOrder,
): Promise<boolean> {
  const isTeam = (name: string): boolean => name.includes("/");
  try {
    await client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", {
      ...repeatably(accessTo(repository, { pull_requests: "write" })),
      pull_number: number,
      reviewers: names.filter((name) => !isTeam(name)),
      team_reviewers: names.filter(isTeam).map((name) => name.slice(name.indexOf("/") + 1)),
    });
    return true;
  } catch (error) {
    if (isRefusal(error, 422) || isRefusal(error, 404)) return false;
    throw error;
  }
}

/** Assigns people to a pull request, which is an issue here; GitHub leaves out without a word whom it cannot assign. */
export async function assignAtGitHub(
  client: GitHubClient,
  { repository, number, logins }: { repository: Repository; number: number; logins: string[] },
): Promise<string[]> {
  const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/assignees", {
    ...repeatably(accessTo(repository, { pull_requests: "write" })),
    issue_number: number,
    assignees: logins,
  });
  const assigned = new Set((data.assignees ?? []).map(({ login }) => login.toLowerCase()));
  return logins.filter((login) => assigned.has(login.toLowerCase()));
}
