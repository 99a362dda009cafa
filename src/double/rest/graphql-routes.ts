import { z } from "zod";
import { allows } from "../auth/grants.ts";
import { type Answer, ok } from "../http/answer.ts";
import type { Account, Issue, Repository } from "../model.ts";
import { findRepository } from "../world.ts";
import { bodyOf, type InstallationCall, installationRoute } from "./calls.ts";

/** The queries that are understood, whatever their spaces. */
const lastEdits =
  "query ($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { issue(number: $number) { lastEditedAt editor { __typename login } timelineItems(itemTypes: [RENAMED_TITLE_EVENT], last: 1) { nodes { ... on RenamedTitleEvent { createdAt actor { __typename login } } } } } } }";

const reviewThreads =
  "query ($owner: String!, $name: String!, $number: Int!, $after: String) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { reviewThreads(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { isResolved path line originalLine comments(first: 50) { nodes { createdAt body author { __typename login } } } } } } } }";

const Query = z.object({
  query: z.string(),
  variables: z.object({ owner: z.string(), name: z.string(), number: z.number().int() }),
});

/** GraphQL, as far as the App uses it: who edited an issue and its title last, which the REST API does not tell. */
export const graphqlRoutes = [installationRoute("POST /graphql", answerQuery)];

function answerQuery(call: InstallationCall): Answer {
  const { query, variables } = bodyOf(Query, call);
  const asked = query.trim().replace(/\s+/g, " ");
  if (asked !== lastEdits && asked !== reviewThreads)
    return ok({ errors: [{ message: "The double does not know this query" }] });
  const { owner, name, number } = variables;
  const repository = findRepository(call.world, owner, name);
  if (!repository || !call.grant.repositoryIds.has(repository.id))
    return missing({ repository: null }, `a Repository with the name '${owner}/${name}'`);
  if (asked === reviewThreads) return ok({ data: { repository: threadsAt(repository, number) } });
  if (!allows(call.grant.permissions, ["issues:read"]))
    return ok({
      data: { repository: { issue: null } },
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    });
  const issue = repository.issues[number - 1];
  if (!issue || issue.pull)
    return missing({ repository: { issue: null } }, `an Issue with the number of ${number}`);
  return ok({ data: { repository: { issue: editsShape(issue) } } });
}

/** A thread is a comment on a line and the answers to it. */
function threadsAt(repository: Repository, number: number): object {
  const comments = repository.issues[number - 1]?.pull?.reviewComments ?? [];
  const nodes = comments
    .filter(({ inReplyTo }) => inReplyTo === undefined)
    .map((first) => ({
      isResolved: first.resolved ?? false,
      ...{ path: first.path, line: first.line, originalLine: first.line },
      comments: {
        nodes: comments
          .filter(({ id, inReplyTo }) => id === first.id || inReplyTo === first.id)
          .map(({ createdAt, body, author }) => ({ createdAt, body, author: actorShape(author) })),
      },
    }));
  return { pullRequest: { reviewThreads: { pageInfo: { hasNextPage: false, endCursor: null }, nodes } } };
}

function editsShape({ lastEdit, events }: Issue): object {
  const renames = events.filter(({ event }) => event === "renamed").slice(-1);
  const nodes = renames.map(({ createdAt, actor }) => ({ createdAt, actor: actorShape(actor) }));
  const editor = lastEdit && actorShape(lastEdit.by);
  return { lastEditedAt: lastEdit?.at ?? null, editor, timelineItems: { nodes } };
}

/** GraphQL names a bot without the suffix that its login has everywhere else. */
function actorShape({ type, login }: Account): { __typename: string; login: string } {
  return { __typename: type, login: login.replace(/\[bot\]$/, "") };
}

function missing(data: object, what: string): Answer {
  return ok({ data, errors: [{ type: "NOT_FOUND", message: `Could not resolve to ${what}.` }] });
}
