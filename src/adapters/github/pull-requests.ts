import { draftsRefused } from "../../domain/task/drafts-refused.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { Files, PullRequest, PullRequests } from "../../ports/github.ts";
import { type Access, accessTo, type GitHubClient, repeatably } from "./access.ts";
import type { AppFacts } from "./app-facts.ts";
import { isRefusal, mayHaveHappened } from "./github-failure.ts";
import { everyItem, firstFitting } from "./pages.ts";
import { readNotes } from "./read-notes.ts";
import { readPull } from "./read-pull.ts";
import { assignAtGitHub, requestReviews } from "./request-reviews.ts";

type OpenPullRequestOrder = Parameters<PullRequests["open"]>[1];

/** What GitHub says of a pull request, as far as it is read here. */
type ShownPullRequest = {
  number: number;
  html_url: string;
  body: string | null;
  draft?: boolean | undefined;
  state: string;
  merged_at: string | null;
  head: { sha: string };
  base: { ref: string };
};

/** What pull requests are asked with, by the App with this number. */
type PullParts = { client: GitHubClient; app: () => Promise<AppFacts>; appId: number; files: Files };

/** Pull requests and what people said on them. */
export function pullRequestsOf({ client, app, appId, files }: PullParts): PullRequests {
  return {
    async find(repository, { branch, marker }) {
      const fits = ({ body }: { body: string | null }) => body?.includes(marker) === true;
      return findOurs({ client, app, repository }, { branch, state: "all", fits });
    },
    async read(repository, number) {
      const { botLogin } = await app();
      return readPull({ client, files }, { repository, number, appId, botLogin });
    },
    open: (repository, order) => openOrFind({ client, app, repository }, order),
    async rewrite(repository, number, body) {
      await client.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
        ...repeatably(pullRequestsWrite(repository)),
        pull_number: number,
        body,
      });
    },
    async notes(repository, number) {
      const { botLogin } = await app();
      return readNotes(client, { repository, number, appId, botLogin });
    },
    askReview: (repository, number, names) => requestReviews(client, { repository, number, names }),
    assign: (repository, number, logins) => assignAtGitHub(client, { repository, number, logins }),
  };
}

type PullRequestPlace = { client: GitHubClient; app: () => Promise<AppFacts>; repository: Repository };

/** The newest pull request of this App from a branch of this very repository. */
async function findOurs(
  { client, app, repository }: PullRequestPlace,
  of: {
    branch: string;
    state: "all" | "open";
    fits: (pull: { body: string | null; base: { ref: string } }) => boolean;
  },
): Promise<PullRequest | undefined> {
  const { botLogin } = await app();
  const pulls = everyItem((page) =>
    client.request("GET /repos/{owner}/{repo}/pulls", {
      ...pullRequestsWrite(repository),
      head: `${repository.owner}:${of.branch}`,
      state: of.state,
      ...page,
    }),
  );
  const found = await firstFitting(
    pulls,
    (pull) =>
      pull.user?.login === botLogin &&
      pull.head.ref === of.branch &&
      pull.head.repo?.id === repository.id &&
      of.fits(pull),
  );
  return found && parsePullRequest(found, true);
}

/** An ordinary pull request where drafts are refused; the one that is there already, seen or not, where there is one. */
async function openOrFind(place: PullRequestPlace, order: OpenPullRequestOrder): Promise<PullRequest> {
  if (order.draft === "never") return createPullRequest(place, { ...order, draft: false });
  try {
    return await createPullRequest(place, { ...order, draft: true });
  } catch (error) {
    if (!isRefusal(error, 422, /draft pull requests? (is|are) not supported/i)) throw error;
    if (order.draft === "require") throw draftsRefused();
    return createPullRequest(place, { ...order, title: `[draft] ${order.title}`, draft: false });
  }
}

async function createPullRequest(
  place: PullRequestPlace,
  order: Omit<OpenPullRequestOrder, "draft"> & { draft: boolean },
): Promise<PullRequest> {
  const { branch, ...fields } = order;
  try {
    const { data } = await place.client.request("POST /repos/{owner}/{repo}/pulls", {
      ...pullRequestsWrite(place.repository),
      ...fields,
      head: branch,
    });
    return parsePullRequest(data, true);
  } catch (error) {
    const exists = mayHaveHappened(error) || isRefusal(error, 422, /already exists/i);
    const fits = ({ base }: { base: { ref: string } }) => base.ref === order.base;
    const found = exists && (await findOurs(place, { branch, state: "open", fits }));
    if (found) return found;
    throw error;
  }
}

function parsePullRequest(shown: ShownPullRequest, isOurs: boolean): PullRequest {
  const { number, html_url, body, draft, state, merged_at, head, base } = shown;
  const now = state === "open" ? "open" : "closed";
  return {
    number,
    url: html_url,
    body: body ?? "",
    draft: draft ?? false,
    state: merged_at ? "merged" : now,
    head: head.sha,
    base: base.ref,
    isOurs,
  };
}

function pullRequestsWrite(repository: Repository): Access {
  return accessTo(repository, { pull_requests: "write" });
}
