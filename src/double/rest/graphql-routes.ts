import { z } from "zod";
import { allows } from "../auth/grants.ts";
import { closersOf } from "../closing.ts";
import { readBlob, readRef, readTree } from "../git/read-objects.ts";
import { type Answer, ok } from "../http/answer.ts";
import { fullName, type Issue, isPullRequest, type Repository } from "../model.ts";
import { nodeId } from "../shapes/account-shape.ts";
import { findRepository } from "../world.ts";
import { bodyOf, type InstallationCall, installationRoute } from "./calls.ts";
import { answerMutation, isMutation } from "./graphql-mutations.ts";
import { actorShape, factsShapeOf, pullQuery, threadsQuery, threadsShapeOf } from "./graphql-pull.ts";

/** The queries that are understood, whatever their spaces. */
const taskFacts =
  "query ($owner: String!, $name: String!, $number: Int!, $ref: String!, $file: String!) { repository(owner: $owner, name: $name) { id issue(number: $number) { title body state author { __typename login } labels(first: 100) { nodes { name } } lastEditedAt editor { __typename login } timelineItems(itemTypes: [RENAMED_TITLE_EVENT], last: 1) { nodes { ... on RenamedTitleEvent { createdAt actor { __typename login } } } } comments(first: 100) { totalCount nodes { body } } closedByPullRequestsReferences(first: 100, includeClosedPrs: false) { nodes { number state author { __typename login } repository { nameWithOwner } } } } ref(qualifiedName: $ref) { name } object(expression: $file) { ... on Blob { oid text isTruncated } } } }";

const Query = z.object({
  query: z.string(),
  variables: z.object({
    owner: z.string(),
    name: z.string(),
    number: z.number().int(),
    ref: z.string().exactOptional(),
    file: z.string().exactOptional(),
    appId: z.number().int().exactOptional(),
  }),
});

type Variables = z.infer<typeof Query>["variables"];
type AskedQuery = { call: InstallationCall; repository: Repository; variables: Variables };

const ofPulls = ["pull_requests:read", "contents:read", "checks:read"];

/** The queries, each with what a token must be allowed, and what it is answered. */
const queries = new Map<string, { needs: string[]; answer: (asked: AskedQuery) => Promise<Answer> }>([
  [taskFacts, { needs: ["issues:read", "contents:read"], answer: answerFacts }],
  [pullQuery, { needs: ofPulls, answer: (asked) => answerPull(asked, true) }],
  [threadsQuery, { needs: ofPulls, answer: (asked) => answerPull(asked, false) }],
]);

/** GraphQL, as far as the App uses it: how an issue, a pull request and their repository stand. */
export const graphqlRoutes = [installationRoute("POST /graphql", answerQuery)];

async function answerQuery(call: InstallationCall): Promise<Answer> {
  if (isMutation(call)) return answerMutation(call);
  const { query, variables } = bodyOf(Query, call);
  const asked = queries.get(query.trim().replace(/\s+/g, " "));
  if (!asked) return ok({ errors: [{ message: "The double does not know this query" }] });
  const { owner, name } = variables;
  const repository = findRepository(call.world, owner, name);
  if (!repository || !call.grant.repositoryIds.has(repository.id))
    return missing({ repository: null }, `a Repository with the name '${owner}/${name}'`);
  if (!asked.needs.every((one) => allows(call.grant.permissions, [one])))
    return ok({
      data: { repository: { issue: null, pullRequest: null, ref: null, object: null } },
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    });
  return asked.answer({ call, repository, variables });
}

async function answerFacts({ call, repository, variables }: AskedQuery): Promise<Answer> {
  const { number, ref = "", file = "" } = variables;
  const issue = repository.issues[number - 1];
  const there = { id: nodeId("R", repository.id), ...(await contentsAt(repository, { ref, file })) };
  if (!issue || issue.pull)
    return missing({ repository: { issue: null, ...there } }, `an Issue with the number of ${number}`);
  const links = allows(call.grant.permissions, ["pull_requests:read"]) && closersShape(repository, number);
  const shown = { ...factsShape(issue), closedByPullRequestsReferences: links || null };
  return ok({ data: { repository: { issue: shown, ...there } } });
}

async function answerPull({ call, repository, variables }: AskedQuery, isWhole: boolean): Promise<Answer> {
  const { number, file = "", appId = 0 } = variables;
  const issue = repository.issues[number - 1];
  const there = isWhole ? { object: await fileOfHead(repository, file) } : {};
  if (!issue || !isPullRequest(issue))
    return missing(
      { repository: { pullRequest: null, ...there } },
      `a PullRequest with the number of ${number}`,
    );
  const at = { world: call.world, repository, issue };
  const pullRequest = await (isWhole ? factsShapeOf(at, appId) : threadsShapeOf(at));
  return ok({ data: { repository: { pullRequest, ...there } } });
}

/** A ref of this full name, and the file that `HEAD:path` names; null where there is none. */
async function contentsAt(
  repository: Repository,
  { ref, file }: { ref: string; file: string },
): Promise<{ ref: object | null; object: object | null }> {
  const points = await readRef(repository.directory, ref);
  const shown = points ? { name: ref.replace(/^refs\/heads\//, "") } : null;
  return { ref: shown, object: await fileOfHead(repository, file) };
}

async function fileOfHead({ directory, defaultBranch }: Repository, file: string): Promise<object | null> {
  const head = await readRef(directory, `refs/heads/${defaultBranch}`);
  const path = file.replace(/^HEAD:/, "");
  const entry = head && (await readTree(directory, head, true)).find((one) => one.path === path);
  if (!entry) return null;
  const text = Buffer.from(await readBlob(directory, entry.sha)).toString("utf8");
  return { oid: entry.sha, text, isTruncated: false };
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

function missing(data: object, what: string): Answer {
  return ok({ data, errors: [{ type: "NOT_FOUND", message: `Could not resolve to ${what}.` }] });
}
