import { aheadBehind, changedFiles, mergeBase, mergedTree } from "./git/compare.ts";
import { readRef } from "./git/read-objects.ts";
import type { Account, PullRequest, Repository } from "./model.ts";

/** What git knows about a pull request. */
export type PullFacts = {
  headSha: string;
  baseSha: string;
  commits: number;
  additions: number;
  deletions: number;
  changedFiles: number;
  mergeable: boolean | null;
};

/** Reads what git knows about a pull request now; of a closed one, what was so when it was closed. */
export async function pullFacts(repository: Repository, issue: PullRequest): Promise<PullFacts> {
  const { headSha, baseSha } = await presentShas(repository, issue);
  return { headSha, baseSha, ...(await measure(repository.directory, baseSha, headSha)) };
}

/** The ref of a pull request's head: a fork's branches are kept beside the repository's own. */
export function headRefOf({ head, fork }: { head: string; fork?: Account | undefined }): string {
  return fork ? `refs/forks/${fork.login}/${head}` : `refs/heads/${head}`;
}

/** Where head and base are now; of a closed pull request, where they were when it was closed. */
export async function presentShas(
  { directory }: Repository,
  { pull, state }: PullRequest,
): Promise<{ headSha: string; baseSha: string }> {
  if (state === "open") {
    pull.headSha = (await readRef(directory, headRefOf(pull))) ?? pull.headSha;
    pull.baseSha = (await readRef(directory, `refs/heads/${pull.base}`)) ?? pull.baseSha;
  }
  const { headSha, baseSha } = pull;
  return { headSha, baseSha };
}

async function measure(directory: string, base: string, head: string) {
  const ancestor = (await mergeBase(directory, base, head)) ?? base;
  const [files, { ahead }, merged] = await Promise.all([
    changedFiles(directory, ancestor, head),
    aheadBehind(directory, base, head),
    mergedTree(directory, base, head),
  ]);
  return {
    commits: ahead,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
    mergeable: merged !== undefined,
  };
}
