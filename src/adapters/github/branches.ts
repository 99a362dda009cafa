import type { ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { PublishedCommit, Repository } from "../../domain/task/task.ts";
import { parseTrailers } from "../../domain/task/trailers.ts";
import type { Branches, CommitOrder, Head, PulledCommits } from "../../ports/branches.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { agentCommits } from "./agent-commits.ts";
import type { AppFacts } from "./app-facts.ts";
import { isRefusal, mayHaveHappened, unlessGone } from "./github-failure.ts";
import { allFitting, everyItem } from "./pages.ts";
import { writeTree } from "./write-tree.ts";

type BranchMove = Parameters<Branches["point"]>[1];

/** Branches and the commits on them, written through GitHub's Git Data API. */
export function branchesOf(client: GitHubClient, app: () => Promise<AppFacts>): Branches {
  return {
    head: (repository, branch) => readHead({ client, repository }, { branch, app }),
    commit: (repository, order) => commit({ client, repository }, order),
    point: (repository, move) => point({ client, repository }, move),
    pulled: async (repository, pullRequest) =>
      readPulled({ client, repository }, { pullRequest, botLogin: (await app()).botLogin }),
    remove: (repository, at) => remove({ client, repository }, at),
    agentCommits: (repository, range) => agentCommits(client, { repository, range, app }),
  };
}

type RepositoryAt = { client: GitHubClient; repository: Repository };

async function readHead(
  { client, repository }: RepositoryAt,
  { branch, app }: { branch: string; app: () => Promise<AppFacts> },
): Promise<Head | undefined> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/branches/{branch}", { ...contentsWrite(repository), branch }),
  );
  // A renamed branch answers from its new name.
  if (answer?.data.name !== branch) return undefined;
  const { sha, commit, author } = answer.data.commit;
  const { botLogin } = await app();
  return {
    commit: sha,
    tree: commit.tree.sha,
    verified: commit.verification?.verified ?? false,
    ours: author?.login === botLogin ? parseTrailers(commit.message) : null,
  };
}

/** No author and no committer: GitHub then names the App and signs. */
async function commit({ client, repository }: RepositoryAt, order: CommitOrder): Promise<PublishedCommit> {
  const access = contentsWrite(repository);
  const tree = await writeTree(client, access, order);
  const { data } = await client.request("POST /repos/{owner}/{repo}/git/commits", {
    ...access,
    message: order.message,
    tree,
    parents: [order.parent],
  });
  const { verified = false, reason } = data.verification ?? {};
  return { commit: data.sha, tree, verified, ...(!verified && reason && { reason }) };
}

async function point(place: RepositoryAt, move: BranchMove): Promise<"done" | "moved"> {
  refuseForeign(move.branch);
  if (move.from !== null) {
    const now = await whereIs(place, move.branch);
    if (now !== move.from) return now === move.commit ? "done" : "moved";
  }
  try {
    await (move.from === null ? createBranch(place, move) : fastForward(place, move));
    return "done";
  } catch (error) {
    if (!mayHaveHappened(error) && !isRefMoved(error)) throw error;
    return settle(place, move, error);
  }
}

/** What became of a move, answered or not, is told by where the branch is; if that is where it was, it failed. */
async function settle(place: RepositoryAt, move: BranchMove, error: unknown): Promise<"done" | "moved"> {
  const now = await whereIs(place, move.branch);
  if (now === move.commit) return "done";
  if (now === (move.from ?? undefined)) throw error;
  return "moved";
}

/** What GitHub says where a ref is there already, is gone, or is no ancestor. */
function isRefMoved(error: unknown): boolean {
  return isRefusal(error, 422, /already exists|does not exist|not a fast.?forward/i);
}

async function whereIs({ client, repository }: RepositoryAt, branch: string): Promise<ObjectId | undefined> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      ...contentsWrite(repository),
      ref: `heads/${branch}`,
    }),
  );
  return answer?.data.object.sha;
}

async function createBranch(
  { client, repository }: RepositoryAt,
  { branch, commit: sha }: BranchMove,
): Promise<void> {
  await client.request("POST /repos/{owner}/{repo}/git/refs", {
    ...contentsWrite(repository),
    ref: `refs/heads/${branch}`,
    sha,
  });
}

async function fastForward(
  { client, repository }: RepositoryAt,
  { branch, commit: sha }: BranchMove,
): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
    ...contentsWrite(repository),
    ref: `heads/${branch}`,
    sha,
    force: false,
  });
}

/** GitHub lists no more commits of a pull request than 250. */
const mostCommits = 250;

async function readPulled(
  { client, repository }: RepositoryAt,
  { pullRequest, botLogin }: { pullRequest: number; botLogin: string },
): Promise<PulledCommits> {
  const commits = everyItem((page) =>
    client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", {
      ...accessTo(repository, { pull_requests: "write" }),
      pull_number: pullRequest,
      ...page,
    }),
  );
  const brought = (await allFitting(commits, () => true)).map(({ author, commit: { message } }) =>
    author?.login === botLogin ? parseTrailers(message) : null,
  );
  return brought.length < mostCommits ? brought : "too many";
}

/** GitHub deletes whatever a ref points to, so that it is looked at in the very moment before. */
async function remove(
  place: RepositoryAt,
  { branch, commit, isSeen }: Parameters<Branches["remove"]>[1],
): Promise<"done" | "moved"> {
  refuseForeign(branch);
  const now = isSeen ? commit : await whereIs(place, branch);
  if (now !== commit) return now === undefined ? "done" : "moved";
  try {
    await place.client.request("DELETE /repos/{owner}/{repo}/git/refs/{ref}", {
      ...contentsWrite(place.repository),
      ref: `heads/${branch}`,
    });
    return "done";
  } catch (error) {
    if (!mayHaveHappened(error) && !isRefMoved(error)) throw error;
    if ((await whereIs(place, branch)) === undefined) return "done";
    throw error;
  }
}

/** The last fence before a write: whatever a caller got wrong, no ref of people is touched. */
function refuseForeign(branch: string): void {
  if (/^agent\/[A-Za-z0-9][A-Za-z0-9._-]*$/.test(branch) && !/\.\.|\.(lock)?$/.test(branch)) return;
  throw new Failure("bug", `Drafthorse writes no branch outside agent/, and was asked to write ${branch}.`);
}

function contentsWrite(repository: Repository) {
  return accessTo(repository, { contents: "write" });
}
