import { z } from "zod";
import { allows } from "../auth/grants.ts";
import { closersOf } from "../closing.ts";
import { readBlob, readRef, readTree } from "../git/read-objects.ts";
import { type Answer, ok } from "../http/answer.ts";
import { type Account, fullName, type Issue, type Repository } from "../model.ts";
import { findRepository } from "../world.ts";
import { bodyOf, type InstallationCall, installationRoute } from "./calls.ts";

/** The queries that are understood, whatever their spaces. */
const taskFacts =
  "query ($owner: String!, $name: String!, $number: Int!, $ref: String!, $file: String!) { repository(owner: $owner, name: $name) { issue(number: $number) { title body state author { __typename login } labels(first: 100) { nodes { name } } lastEditedAt editor { __typename login } timelineItems(itemTypes: [RENAMED_TITLE_EVENT], last: 1) { nodes { ... on RenamedTitleEvent { createdAt actor { __typename login } } } } comments(first: 100) { totalCount nodes { body } } closedByPullRequestsReferences(first: 100, includeClosedPrs: false) { nodes { number state author { __typename login } repository { nameWithOwner } } } } ref(qualifiedName: $ref) { name } object(expression: $file) { ... on Blob { oid text isTruncated } } } }";

const reviewThreads =
  "query ($owner: String!, $name: String!, $number: Int!, $after: String) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { reviewThreads(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { isResolved path line originalLine comments(first: 50) { nodes { createdAt body author { __typename login } } } } } } } }";

const Query = z.object({
  query: z.string(),
  variables: z.object({
    owner: z.string(),
    name: z.string(),
    number: z.number().int(),
    ref: z.string().exactOptional(),
    file: z.string().exactOptional(),
  }),
});

/** GraphQL, as far as the App uses it: how an issue and its repository stand, and which threads nobody resolved. */
export const graphqlRoutes = [installationRoute("POST /graphql", answerQuery)];

async function answerQuery(call: InstallationCall): Promise<Answer> {
  const { query, variables } = bodyOf(Query, call);
  const asked = query.trim().replace(/\s+/g, " ");
  if (asked !== taskFacts && asked !== reviewThreads)
    return ok({ errors: [{ message: "The double does not know this query" }] });
  const { owner, name, number, ref = "", file = "" } = variables;
  const repository = findRepository(call.world, owner, name);
  if (!repository || !call.grant.repositoryIds.has(repository.id))
    return missing({ repository: null }, `a Repository with the name '${owner}/${name}'`);
  if (asked === reviewThreads) return ok({ data: { repository: threadsAt(repository, number) } });
  if (!allows(call.grant.permissions, ["issues:read"]) || !allows(call.grant.permissions, ["contents:read"]))
    return ok({
      data: { repository: { issue: null, ref: null, object: null } },
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    });
  const issue = repository.issues[number - 1];
  const there = await contentsAt(repository, { ref, file });
  if (!issue || issue.pull)
    return missing({ repository: { issue: null, ...there } }, `an Issue with the number of ${number}`);
  const links = allows(call.grant.permissions, ["pull_requests:read"]) && closersShape(repository, number);
  const shown = { ...factsShape(issue), closedByPullRequestsReferences: links || null };
  return ok({ data: { repository: { issue: shown, ...there } } });
}

/** A ref of this full name, and the file that `HEAD:path` names; null where there is none. */
async function contentsAt(
  { directory, defaultBranch }: Repository,
  { ref, file }: { ref: string; file: string },
): Promise<{ ref: object | null; object: object | null }> {
  const points = await readRef(directory, ref);
  const head = await readRef(directory, `refs/heads/${defaultBranch}`);
  const path = file.replace(/^HEAD:/, "");
  const entry = head && (await readTree(directory, head, true)).find((one) => one.path === path);
  const object = entry && {
    oid: entry.sha,
    text: Buffer.from(await readBlob(directory, entry.sha)).toString("utf8"),
    isTruncated: false,
  };
  return { ref: points ? { name: ref.replace(/^refs\/heads\//, "") } : null, object: object || null };
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

function factsShape({ lastEdit, events, title, body, state, author, labels, comments }: Issue): object {
  const renames = events.filter(({ event }) => event === "renamed").slice(-1);
  const nodes = renames.map(({ createdAt, actor }) => ({ createdAt, actor: actorShape(actor) }));
  const editor = lastEdit && actorShape(lastEdit.by);
  return {
    ...{ title, body: body ?? "", state: state.toUpperCase(), author: actorShape(author) },
    labels: { nodes: labels.map(({ name }) => ({ name })) },
    ...{ lastEditedAt: lastEdit?.at ?? null, editor, timelineItems: { nodes } },
    comments: {
      totalCount: comments.length,
      nodes: comments.slice(0, 100).map((comment) => ({ body: comment.body })),
    },
  };
}

function closersShape(repository: Repository, number: number): object {
  const nodes = closersOf(repository, number).map((issue) => ({
    number: issue.number,
    state: issue.pull.mergedAt === null ? "OPEN" : "MERGED",
    author: actorShape(issue.author),
    repository: { nameWithOwner: fullName(repository) },
  }));
  return { nodes };
}

/** GraphQL names a bot without the suffix that its login has everywhere else. */
function actorShape({ type, login }: Account): { __typename: string; login: string } {
  return { __typename: type, login: login.replace(/\[bot\]$/, "") };
}

function missing(data: object, what: string): Answer {
  return ok({ data, errors: [{ type: "NOT_FOUND", message: `Could not resolve to ${what}.` }] });
}
