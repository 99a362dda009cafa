import { Failure } from "../../domain/failure.ts";
import type { Edit, IssueAt } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";

/** The REST API does not tell who edited an issue; the double answers these very words and no others. */
const query = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) { lastEditedAt editor { __typename login } }
  }
}`;

type Editor = { __typename: string; login: string };
type Answer = {
  repository: { issue: { lastEditedAt: string | null; editor: Editor | null } | null } | null;
};

/** Who edited an issue's body last, and when; undefined if nobody has, or if the issue is gone. */
export async function lastEdit(
  client: GitHubClient,
  { repository, number }: IssueAt,
): Promise<Edit | undefined> {
  const { owner, repo: name, request } = accessTo(repository, { issues: "read" });
  const variables = { owner, name, number, request: { ...request, repeatable: true } };
  const answer = await client.graphql<Answer>(query, variables).catch(unlessNotFound);
  const issue = answer?.repository?.issue;
  if (!issue?.lastEditedAt) return undefined;
  return { by: loginOf(issue.editor), at: issue.lastEditedAt };
}

/** GraphQL names an App without the suffix that tells it from a person of that name. */
function loginOf(editor: Editor | null): string {
  if (!editor) return "ghost";
  return editor.__typename === "User" ? editor.login : `${editor.login}[bot]`;
}

/** A refusal comes as an answer of status 200, which octokit throws with its `errors`. */
function unlessNotFound(thrown: unknown): undefined {
  if (thrown instanceof Failure) throw thrown;
  const { errors = [] } = (thrown ?? {}) as { errors?: { type?: string }[] };
  if (errors.some(({ type }) => type === "NOT_FOUND")) return undefined;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  throw new Failure("github", `GitHub did not tell who edited the issue last: ${why}`, { cause: thrown });
}
