import { Failure } from "../../domain/task/failure.ts";
import { type Access, type GitHubClient, repeatably } from "./access.ts";

/**
 * One question to GitHub's GraphQL about a repository: `what` ends the sentence "GitHub did not tell …", and `mayLack` names a
 * field that may be kept from us without the rest of the answer being worth less.
 */
export type GraphQLQuestion = {
  query: string;
  access: Access;
  variables: Record<string, unknown>;
  what: string;
  mayLack?: string;
};

type AnsweredPart<Repository> = { repository: Repository | null };

/** Asks it; what was not found is null in the answer, and so is the repository where that was not found. */
export async function askGraphQL<Repository>(
  client: GitHubClient,
  { query, access, variables, what, mayLack }: GraphQLQuestion,
): Promise<Repository | null> {
  const { owner, repo: name, request } = repeatably(access);
  const answer = client.graphql<AnsweredPart<Repository>>(query, { owner, name, ...variables, request });
  return (await answer.catch((thrown) => partOf<Repository>(thrown, { what, mayLack }))).repository;
}

/** An answer of status 200 in which something was not found or not shown; octokit throws it, with its `data` and `errors`. */
function partOf<Repository>(
  thrown: unknown,
  { what, mayLack }: { what: string; mayLack: string | undefined },
): AnsweredPart<Repository> {
  if (thrown instanceof Failure) throw thrown;
  const { errors = [], data } = (thrown ?? {}) as {
    errors?: { type?: string; path?: (string | number)[] }[];
    data?: AnsweredPart<Repository> | null;
  };
  const isMissing = errors.every(
    ({ type, path = [] }) => type === "NOT_FOUND" || (mayLack !== undefined && path.includes(mayLack)),
  );
  if (errors.length > 0 && isMissing) return data ?? { repository: null };
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  throw new Failure("github", `GitHub did not tell ${what}: ${why}`, { cause: thrown });
}
