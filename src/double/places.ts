import { type Issue, isPullRequest, type PullRequest, type Repository } from "./model.ts";
import { findRepository, type World } from "./world.ts";

/** Names an issue or a pull request. */
export type IssueRef = { repository: string; number: number };

/** The repository that "owner/name" names; a test that names another is wrong. */
export function repositoryAt(world: World, name: string): Repository {
  const [owner = "", repo = ""] = name.split("/");
  const repository = findRepository(world, owner, repo);
  if (!repository) throw new Error(`The double has no repository ${name}`);
  return repository;
}

/** The issue or pull request with its repository. */
export function issueAt(world: World, ref: IssueRef): { repository: Repository; issue: Issue } {
  const repository = repositoryAt(world, ref.repository);
  const issue = repository.issues[ref.number - 1];
  if (!issue) throw new Error(`The double has no issue ${ref.repository}#${ref.number}`);
  return { repository, issue };
}

/** The pull request with its repository. */
export function pullAt(world: World, ref: IssueRef): { repository: Repository; issue: PullRequest } {
  const { repository, issue } = issueAt(world, ref);
  if (!isPullRequest(issue)) throw new Error(`${ref.repository}#${ref.number} is no pull request`);
  return { repository, issue };
}
