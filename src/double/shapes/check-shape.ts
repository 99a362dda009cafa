import { type CheckRun, isPullRequest, type PullRequest, type Repository } from "../model.ts";
import { findApp, type RegisteredApp, type World } from "../world.ts";
import { nodeId } from "./account-shape.ts";
import { appShape } from "./app-shape.ts";
import { apiUrl, htmlUrl } from "./repository-shape.ts";

/** A check run as the API shows it. */
export function checkRunShape(world: World, repository: Repository, run: CheckRun) {
  const url = `${apiUrl(world, repository)}/check-runs/${run.id}`;
  const html = `${htmlUrl(world, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("CR", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suiteId },
    app: appShape(world, appOf(world, run)),
    pull_requests: pullRequestsAt(world, repository, run.headSha),
  };
}

/** The App that made a check run: ours, or the one by which GitHub's workflows report. */
export function appOf(world: World, { log }: CheckRun): RegisteredApp {
  return (log === undefined ? undefined : findApp(world, "github-actions")) ?? world.app;
}

/** A check run as webhooks show it: with the whole suite. */
export function checkRunHookShape(world: World, repository: Repository, run: CheckRun) {
  return {
    ...checkRunShape(world, repository, run),
    check_suite: suiteShape(world, repository, run),
  };
}

/** The check suite of the App on a commit. */
export function suiteShape(world: World, repository: Repository, at: { suiteId: number; headSha: string }) {
  const runs = repository.checkRuns.filter((run) => run.suiteId === at.suiteId);
  const completed = runs.length > 0 && runs.every((run) => run.status === "completed");
  const branch = openPullsAt(repository, at.headSha)[0]?.pull.head ?? null;
  return {
    id: at.suiteId,
    node_id: nodeId("CS", at.suiteId),
    head_branch: branch,
    head_sha: at.headSha,
    status: completed ? "completed" : "queued",
    conclusion: completed ? suiteConclusion(runs) : null,
    url: `${apiUrl(world, repository)}/check-suites/${at.suiteId}`,
    before: null,
    after: at.headSha,
    pull_requests: pullRequestsAt(world, repository, at.headSha),
    app: appShape(world),
    created_at: repository.pushedAt,
    updated_at: repository.pushedAt,
  };
}

function suiteConclusion(runs: readonly CheckRun[]): string {
  const conclusions = runs.map((run) => run.conclusion ?? "neutral");
  return conclusions.find((one) => !["success", "neutral", "skipped"].includes(one)) ?? "success";
}

/** The open pull requests of the repository itself whose head was last seen at a commit; GitHub tells of no fork's. */
export function openPullsAt(repository: Repository, sha: string): PullRequest[] {
  return repository.issues
    .filter(isPullRequest)
    .filter((issue) => issue.state === "open" && !issue.pull.fork && issue.pull.headSha === sha);
}

function pullRequestsAt(world: World, repository: Repository, sha: string) {
  const url = apiUrl(world, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return openPullsAt(repository, sha).map(({ number, pull }) => ({
    url: `${url}/pulls/${number}`,
    id: pull.id,
    number,
    head: { ref: pull.head, sha, repo },
    base: { ref: pull.base, sha: pull.baseSha, repo },
  }));
}
