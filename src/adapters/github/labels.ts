import type { Labels } from "../../ports/github.ts";
import { accessTo, type GitHubClient, repeatably } from "./access.ts";
import { isRefusal } from "./github-failure.ts";

/** The labels of repositories. */
export function labelsOf(client: GitHubClient): Labels {
  return {
    async ensure(repository, label) {
      try {
        await client.request("POST /repos/{owner}/{repo}/labels", {
          ...repeatably(accessTo(repository, { issues: "write" })),
          ...label,
        });
        return "made";
      } catch (error) {
        // GitHub's answer where there is one of that name: "already_exists".
        if (isRefusal(error, 422)) return "there";
        throw error;
      }
    },
  };
}
