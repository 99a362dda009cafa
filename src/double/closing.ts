import { fullName, isPullRequest, type PullRequest, type Repository } from "./model.ts";

const closingWord =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:(?<name>[\w.-]+\/[\w.-]+)?#|https?:\/\/\S+?\/(?<path>[\w.-]+\/[\w.-]+)\/issues\/)(?<number>\d+)\b/gi;

/** The issues that a pull request closes when it is merged: GitHub links them for the default branch alone. */
export function closedBy(repository: Repository, { body, pull }: PullRequest): number[] {
  if (pull.base !== repository.defaultBranch) return [];
  return [...(body ?? "").matchAll(closingWord)].flatMap(({ groups }) => {
    const named = groups?.name ?? groups?.path ?? fullName(repository);
    return named.toLowerCase() === fullName(repository).toLowerCase() ? [Number(groups?.number)] : [];
  });
}

/** The pull requests that close an issue; GitHub leaves out the closed ones, and not the merged. */
export function closersOf(repository: Repository, number: number): PullRequest[] {
  return repository.issues
    .filter(isPullRequest)
    .filter(({ state, pull }) => state === "open" || pull.mergedAt !== null)
    .filter((issue) => closedBy(repository, issue).includes(number));
}
