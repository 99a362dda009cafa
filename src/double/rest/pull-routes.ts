import { z } from "zod";
import { closeIssue, editIssue, reopenIssue } from "../acts/issue-acts.ts";
import { openPull, requestReviewers } from "../acts/pull-acts.ts";
import { changedFiles, mergeBase } from "../git/compare.ts";
import { readCommits } from "../git/read-objects.ts";
import { type Answer, created, ok } from "../http/answer.ts";
import { pageOf } from "../http/paginate.ts";
import { isPullRequest } from "../model.ts";
import { pullFacts } from "../pull-facts.ts";
import { invalid, notFound } from "../refusal.ts";
import { commitShape, fileShape } from "../shapes/commit-shape.ts";
import { pullShape, simplePullShape } from "../shapes/pull-shape.ts";
import { reviewCommentShape, reviewShape } from "../shapes/review-shape.ts";
import { findAccount, findTeam } from "../world.ts";
import { bodyOf, pullAt, type RepositoryCall, repositoryRoute } from "./calls.ts";

const read = ["pull_requests:read"];
const write = ["pull_requests:write"];

const NewPull = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
});
const PullChanges = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
});
const Reviewers = z.object({
  reviewers: z.array(z.string()).default([]),
  team_reviewers: z.array(z.string()).default([]),
});

/** Pull requests, their reviews, commits and files. */
export const pullRoutes = [
  repositoryRoute("GET /pulls", read, listPulls),
  repositoryRoute("POST /pulls", write, async (call) => {
    const { body = null, head, ...fields } = bodyOf(NewPull, call);
    const issue = await openPull(call.by, { ...fields, body, head: head.replace(/^[^:]*:/, "") });
    return created(await pullShape(call.world, call.repository, issue), {
      kind: "pull.created",
      subject: issue.number,
    });
  }),
  repositoryRoute("GET /pulls/:number", read, async (call) =>
    ok(await pullShape(call.world, call.repository, pullAt(call, call.params.number))),
  ),
  repositoryRoute("PATCH /pulls/:number", write, changePull),
  repositoryRoute("POST /pulls/:number/requested_reviewers", write, async (call) => {
    const issue = pullAt(call, call.params.number);
    const { reviewers, team_reviewers } = bodyOf(Reviewers, call);
    const people = reviewers.map((login) => {
      const person = findAccount(call.world, login);
      if (!person) throw invalid(`Could not resolve to a node with the login of '${login}'.`);
      return person;
    });
    const org = call.repository.owner.login;
    const teams = team_reviewers.map((slug) => {
      const team = findTeam(call.world, `${org}/${slug}`);
      if (!team) throw invalid(`Could not resolve to a node with the slug of '${slug}'.`);
      return team;
    });
    await requestReviewers(call.by, issue, { people, teams });
    const effect = { kind: "pull.review-requested", subject: issue.number };
    return created(await simplePullShape(call.world, call.repository, issue), effect);
  }),
  repositoryRoute("GET /pulls/:number/reviews", read, (call) => {
    const issue = pullAt(call, call.params.number);
    return pageOf(issue.pull.reviews, call.url, (review) =>
      reviewShape(call.world, call.repository, { issue, review }),
    );
  }),
  repositoryRoute("GET /pulls/:number/comments", read, (call) => {
    const issue = pullAt(call, call.params.number);
    return pageOf(issue.pull.reviewComments, call.url, (comment) =>
      reviewCommentShape(call.world, call.repository, { issue, comment }),
    );
  }),
  repositoryRoute("GET /pulls/comments/:id", read, (call) => {
    for (const issue of call.repository.issues.filter(isPullRequest)) {
      const comment = issue.pull.reviewComments.find((one) => one.id === Number(call.params.id));
      if (comment) return ok(reviewCommentShape(call.world, call.repository, { issue, comment }));
    }
    throw notFound();
  }),
  repositoryRoute("GET /pulls/:number/commits", read, async (call) => {
    const { headSha, baseSha } = await pullFacts(call.repository, pullAt(call, call.params.number));
    const range = `${baseSha}..${headSha}`;
    const commits = await readCommits(call.repository.directory, ["--reverse", "--topo-order", range]);
    return pageOf(commits, call.url, (commit) => commitShape(call.world, call.repository, commit));
  }),
  repositoryRoute("GET /pulls/:number/files", read, async (call) => {
    const { directory } = call.repository;
    const { headSha, baseSha } = await pullFacts(call.repository, pullAt(call, call.params.number));
    const ancestor = (await mergeBase(directory, baseSha, headSha)) ?? baseSha;
    const files = await changedFiles(directory, ancestor, headSha);
    return pageOf(files, call.url, (file) =>
      fileShape(call.world, call.repository, { file, commit: headSha }),
    );
  }),
];

function listPulls({ world, repository, url }: RepositoryCall): Promise<Answer> {
  const query = url.searchParams;
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const found = repository.issues
    .filter(isPullRequest)
    .filter((issue) => state === "all" || issue.state === state)
    .filter(({ pull }) => !head || `${(pull.fork ?? repository.owner).login}:${pull.head}` === head)
    .filter(({ pull }) => !base || pull.base === base)
    .reverse();
  if (query.get("direction") === "asc") found.reverse();
  return pageOf(found, url, (issue) => simplePullShape(world, repository, issue));
}

async function changePull(call: RepositoryCall & { params: { number: string } }): Promise<Answer> {
  const issue = pullAt(call, call.params.number);
  const { state, ...texts } = bodyOf(PullChanges, call);
  await editIssue(call.by, issue, texts);
  if (state === "closed") await closeIssue(call.by, issue);
  if (state === "open") await reopenIssue(call.by, issue);
  const effect = { kind: "pull.updated", subject: issue.number };
  return ok(await pullShape(call.world, call.repository, issue), effect);
}
