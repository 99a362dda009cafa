import { Failure } from "../../domain/task/failure.ts";
import type { Edits, IssueAt, TextEdit } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";

/** The REST API does not tell who edited an issue; the double answers these very words and no others. */
const query = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      lastEditedAt
      editor { __typename login }
      timelineItems(itemTypes: [RENAMED_TITLE_EVENT], last: 1) {
        nodes { ... on RenamedTitleEvent { createdAt actor { __typename login } } }
      }
    }
  }
}`;

type Actor = { __typename: string; login: string };
type Rename = { createdAt: string; actor: Actor | null };
type ShownIssue = {
  lastEditedAt: string | null;
  editor: Actor | null;
  timelineItems: { nodes: (Rename | null)[] | null };
};
type EditsAnswer = { repository: { issue: ShownIssue | null } | null };

/** Who edited an issue's body and its title last, and when; nothing of what nobody has, or if the issue is gone. */
export async function lastEdits(client: GitHubClient, { repository, number }: IssueAt): Promise<Edits> {
  const { owner, repo: name, request } = accessTo(repository, { issues: "read" });
  const variables = { owner, name, number, request: { ...request, repeatable: true } };
  const answer = await client.graphql<EditsAnswer>(query, variables).catch(unlessNotFound);
  const issue = answer?.repository?.issue;
  if (!issue) return {};
  const renamed = issue.timelineItems.nodes?.at(-1);
  return {
    ...(issue.lastEditedAt && { body: editBy(issue.editor, issue.lastEditedAt) }),
    ...(renamed && { title: editBy(renamed.actor, renamed.createdAt) }),
  };
}

/** GraphQL names an App without the suffix that tells it from a person of that name. */
function editBy(actor: Actor | null, at: string): TextEdit {
  if (!actor) return { by: "ghost", at };
  return { by: actor.__typename === "User" ? actor.login : `${actor.login}[bot]`, at };
}

/** A refusal comes as an answer of status 200, which octokit throws with its `errors`. */
function unlessNotFound(thrown: unknown): undefined {
  if (thrown instanceof Failure) throw thrown;
  const { errors = [] } = (thrown ?? {}) as { errors?: { type?: string }[] };
  if (errors.some(({ type }) => type === "NOT_FOUND")) return undefined;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  throw new Failure("github", `GitHub did not tell who edited the issue last: ${why}`, { cause: thrown });
}
