import { setUpBranch } from "../../domain/rules/set-up-offer.ts";
import type { SetUpOffers } from "../../ports/set-up-offers.ts";
import { accessTo, type GitHubClient, repeatably } from "./access.ts";
import { isRefusal, unlessGone } from "./github-failure.ts";
import { labelledIssuesOf } from "./labelled-issues.ts";
import { shippedForm } from "./shipped-form.ts";

/** The set-up branch, written through GitHub's Git Data API, so that GitHub signs its commit. */
export function setUpOffersOf(client: GitHubClient): SetUpOffers {
  return {
    repositories: labelledIssuesOf(client).repositories,
    async named(repository) {
      const answer = await unlessGone(
        client.request("GET /repos/{owner}/{repo}", accessTo(repository, { metadata: "read" })),
      );
      if (!answer || answer.data.archived) return undefined;
      return { ...repository, defaultBranch: answer.data.default_branch };
    },
    form: shippedForm,
    async write(repository, { base, files, message }) {
      const access = accessTo(repository, { contents: "write" });
      const tree = await client.request("POST /repos/{owner}/{repo}/git/trees", {
        ...repeatably(access),
        base_tree: base.tree,
        tree: files.map(({ path, text: content }) => ({
          ...{ path, content, mode: "100644" as const, type: "blob" as const },
        })),
      });
      const commit = await client.request("POST /repos/{owner}/{repo}/git/commits", {
        ...{ ...access, message, tree: tree.data.sha, parents: [base.commit] },
      });
      await client
        .request("POST /repos/{owner}/{repo}/git/refs", {
          ...{ ...access, ref: `refs/heads/${setUpBranch}`, sha: commit.data.sha },
        })
        .catch((error: unknown) => {
          if (!isRefusal(error, 422, /already exists/i)) throw error;
        });
    },
  };
}
