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
        // A name that GitHub does not take is refused with 422 as well.
        if (isRefusal(error, 422, /already_exists/)) return "there";
        throw error;
      }
    },
  };
}
