import { findLocalRepository, hasCommits, type LocalRepository } from "../adapters/local/open-repository.ts";
import { UsageError } from "./usage-error.ts";

/** The repository that somebody named, or that this directory belongs to. Rejects with a usage error. */
export async function givenRepository(directory: string): Promise<LocalRepository> {
  const found = await findLocalRepository(directory);
  if ("problem" in found) throw new UsageError(`${found.problem}. Name a git repository by --repo.`);
  return found;
}

/** The same, with a branch that work can start from. */
export async function givenGround(directory: string): Promise<LocalRepository> {
  const found = await givenRepository(directory);
  if (found.repository.defaultBranch === "HEAD")
    throw new UsageError(
      `No branch is checked out in ${directory}. Check one out, or name one in the brief.`,
    );
  if (!(await hasCommits(found.gitDir)))
    throw new UsageError(`The repository at ${directory} has no commit yet. Commit its files first.`);
  return found;
}
