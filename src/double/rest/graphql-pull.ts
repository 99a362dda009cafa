import { readRef } from "../git/read-objects.ts";
import { type Account, type CheckRun, isPullRequest, type PullRequest, type Repository } from "../model.ts";
import { headRefOf, presentShas } from "../pull-facts.ts";
import { appOf } from "../shapes/check-shape.ts";
import { issueHtmlUrl } from "../shapes/issue-shape.ts";
import type { World } from "../world.ts";

/** What every query of a pull request asks of it. */
const fields =
  "number url body isDraft state headRefOid baseRefName author { __typename login } reviews(first: 100) { totalCount nodes { state submittedAt body commit { oid } author { __typename login } } }";

/** How a pull request stands, in one query. */
export const pullQuery = `query ($owner: String!, $name: String!, $number: Int!, $appId: Int!, $file: String!) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${fields} headRef { name target { oid } associatedPullRequests(first: 10, states: OPEN) { nodes { number } } } commits(last: 1) { nodes { commit { oid checkSuites(first: 10, filterBy: { appId: $appId }) { totalCount nodes { checkRuns(first: 50, filterBy: { checkType: ALL }) { totalCount nodes { databaseId name externalId conclusion title summary text annotations(first: 1) { totalCount } } } } } } } } } object(expression: $file) { ... on Blob { oid text isTruncated } } } }`;

/** The same with the threads on its lines. */
export const threadsQuery = `query ($owner: String!, $name: String!, $number: Int!, $after: String) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${fields} commits(last: 1) { nodes { commit { oid checkSuites(first: 50) { totalCount nodes { app { databaseId } checkRuns( first: 1 filterBy: { checkType: LATEST, conclusions: [FAILURE, TIMED_OUT, STARTUP_FAILURE] } ) { totalCount } } } } } } reviewThreads(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { isResolved path line originalLine comments(first: 50) { nodes { createdAt body author { __typename login } } } } } } } }`;

type PullAt = { world: World; repository: Repository; issue: PullRequest };

/** A pull request as GraphQL shows it. */
function fieldsShape({ world, repository, issue }: PullAt): object {
  const { number, body, state, pull } = issue;
  const reviews = pull.reviews.slice(0, 100).map((review) => ({
    ...{ state: review.state, submittedAt: review.submittedAt, body: review.body },
    ...{ commit: { oid: review.commit }, author: actorShape(review.author) },
  }));
  return {
    ...{ number, body: body ?? "", isDraft: pull.draft, author: actorShape(issue.author) },
    url: issueHtmlUrl(world, repository, issue),
    state: pull.mergedAt === null ? state.toUpperCase() : "MERGED",
    ...{ headRefOid: pull.headSha, baseRefName: pull.base },
    reviews: { totalCount: pull.reviews.length, nodes: reviews },
  };
}

/** What `pullQuery` is answered of a pull request. */
export async function factsShapeOf(at: PullAt, appId: number): Promise<object> {
  const { repository, issue } = at;
  const { headSha } = await presentShas(repository, issue);
  const { head } = issue.pull;
  const ref = headRefOf(issue.pull);
  const commit = await readRef(repository.directory, ref);
  const open = repository.issues
    .filter(isPullRequest)
    .filter((one) => one.state === "open" && headRefOf(one.pull) === ref);
  const associatedPullRequests = { nodes: open.slice(0, 10).map(({ number }) => ({ number })) };
  return {
    ...fieldsShape(at),
    headRef: commit ? { name: head, target: { oid: commit }, associatedPullRequests } : null,
    commits: { nodes: [{ commit: { oid: headSha, checkSuites: suitesShape(at, appId) } }] },
  };
}

/** The check suites on the head, each of one App. */
function suitesAt({ world, repository, issue }: PullAt): { app: number; runs: CheckRun[] }[] {
  const on = repository.checkRuns.filter(({ headSha }) => headSha === issue.pull.headSha);
  return [...new Set(on.map(({ suiteId }) => suiteId))].map((suite) => {
    const runs = on.filter(({ suiteId }) => suiteId === suite);
    const app = runs.map((run) => appOf(world, run).id)[0] ?? 0;
    return { app, runs };
  });
}

function suitesShape(at: PullAt, appId: number): object {
  const suites = suitesAt(at).filter(({ app }) => app === appId);
  const nodes = suites
    .slice(0, 10)
    .map(({ runs }) => ({ checkRuns: { totalCount: runs.length, nodes: runs.slice(0, 50).map(runShape) } }));
  return { totalCount: suites.length, nodes };
}

const failures = new Set(["failure", "timed_out", "startup_failure"]);

function failuresShape(at: PullAt): object {
  const nodes = suitesAt(at).map(({ app, runs }) => {
    const latest = runs.filter((run) => !runs.some((one) => one.name === run.name && one.id > run.id));
    const failed = latest.filter(({ conclusion }) => failures.has(conclusion ?? ""));
    return { app: { databaseId: app }, checkRuns: { totalCount: failed.length } };
  });
  return { totalCount: nodes.length, nodes: nodes.slice(0, 50) };
}

function runShape({ id, name, externalId, conclusion, title, summary, text, annotations }: CheckRun): object {
  return {
    ...{
      databaseId: id,
      name,
      externalId,
      conclusion: conclusion?.toUpperCase() ?? null,
      title,
      summary,
      text,
    },
    annotations: { totalCount: annotations.length },
  };
}

/** What `threadsQuery` is answered: a thread is a comment on a line and the answers to it. */
export async function threadsShapeOf(at: PullAt): Promise<object> {
  await presentShas(at.repository, at.issue);
  const { reviewComments: comments } = at.issue.pull;
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
  const commit = { oid: at.issue.pull.headSha, checkSuites: failuresShape(at) };
  return {
    ...fieldsShape(at),
    commits: { nodes: [{ commit }] },
    reviewThreads: { pageInfo: { hasNextPage: false, endCursor: null }, nodes },
  };
}

/** GraphQL names a bot without the suffix that its login has everywhere else. */
export function actorShape({ type, login }: Account): { __typename: string; login: string } {
  return { __typename: type, login: login.replace(/\[bot\]$/, "") };
}
