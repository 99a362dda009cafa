import { Octokit } from "@octokit/rest";
import type { ObjectId } from "../../domain/evidence/change.ts";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import { fetchThrough } from "../proxy/fetch-through.ts";
import { refuseForbiddenWrite } from "./allowed-writes.ts";
import { githubFailure, isRefusal } from "./github-failure.ts";

/** The longest wait for one answer, in milliseconds. */
const answerMs = 20_000;

/** A check run of ours by its name, and the App that wrote it by GitHub's word. */
export type PublishedCheck = { app: string; summary: string; text: string };

/** A pull request as GitHub shows it to anybody: its head, and the check runs of ours on it. */
export type PublishedPull = {
  commit: ObjectId;
  tree: ObjectId;
  /** Whether GitHub says that the commit's own signature is good. */
  verified: boolean;
  checks: PublishedCheck[];
};

/** Where a person's command reads, and what. */
export type PullQuery = {
  apiUrl: string;
  token: string | undefined;
  proxies: NetworkProxies;
  owner: string;
  repo: string;
  number: number;
};

/**
 * Reads a pull request with a person's own token or with none; undefined where there is none that this person may see.
 * Rejects with a `github` failure.
 */
export async function readPublished(query: PullQuery): Promise<PublishedPull | undefined> {
  const { owner, repo, number } = query;
  const client = readerClient(query);
  const at = { owner, repo };
  try {
    const { data: pull } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
      ...at,
      pull_number: number,
    });
    const ref = pull.head.sha;
    const { data: head } = await client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
      ...at,
      commit_sha: ref,
    });
    const { data: runs } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...{ ...at, ref, check_name: "drafthorse/validation", per_page: 100 },
    });
    const checks = runs.check_runs.map(({ app, output: { summary, text } }) => ({
      ...{ app: app?.slug ?? "unknown", summary: summary ?? "", text: text ?? "" },
    }));
    return { commit: ref, tree: head.tree.sha, verified: head.verification.verified, checks };
  } catch (thrown) {
    if (isRefusal(thrown, 404)) return undefined;
    throw githubFailure(thrown, { method: "GET", url: query.apiUrl });
  }
}

function readerClient({ apiUrl, token, proxies }: PullQuery): Octokit {
  const silent = () => undefined;
  const through = fetchThrough(proxies);
  const bounded: typeof through = (url, order) =>
    through(url, { ...order, signal: AbortSignal.timeout(answerMs) });
  const client = new Octokit({
    ...{ baseUrl: apiUrl, userAgent: "drafthorse", request: { fetch: bounded } },
    ...(token !== undefined && { auth: token }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  client.hook.before("request", refuseForbiddenWrite);
  return client;
}
