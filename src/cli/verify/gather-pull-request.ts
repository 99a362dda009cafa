import {
  type PublishedCheck,
  type PublishedPull,
  readPublished,
} from "../../adapters/github/read-published.ts";
import { findLocalRepository } from "../../adapters/local/open-repository.ts";
import { readEnvironment } from "../../config.ts";
import { bundleIn, evidenceIn, keyIn } from "../../domain/attestation/shown-files.ts";
import { type PullRequestAt, parsePullRequestUrl, resolveReader } from "../../policy/resolve-reader.ts";
import { readEvidence } from "../../proof/audit/read-evidence.ts";
import type { TrustedKeys } from "../../proof/audit/weigh-statement.ts";
import type { Weighed } from "../../proof/audit/weighed.ts";
import { UsageError } from "../usage-error.ts";
import type { GatheredPackage } from "./gathered.ts";
import { parseKeys, readKeys } from "./read-keys.ts";

/** Gathers what a pull request shows to anybody who may read it: the check run's statement, evidence and key. */
export async function gatherPullRequest(
  address: string,
  { key, repo }: { key?: string; repo?: string },
): Promise<GatheredPackage> {
  const at = parsePullRequestUrl(address);
  if (!at)
    throw new UsageError(
      `${address} is no pull request. Name one as a browser shows it: https://github.com/OWNER/NAME/pull/12.`,
    );
  const pull = await fetchPull(at);
  const check = pull.checks.find(({ summary }) => bundleIn(summary) !== "") ?? pull.checks[0];
  if (!check)
    throw new UsageError(
      `No check run drafthorse/validation is on the head ${pull.commit}. It is no pull request of Drafthorse's, or somebody pushed to it since.`,
    );
  const text = evidenceIn(check.text);
  const read = text === undefined ? undefined : readEvidence(text);
  return {
    bundle: bundleIn(check.summary) || undefined,
    keys: await trustedKeys(check, key),
    evidence: read && "value" in read ? read : undefined,
    ...(read && "problem" in read && { problem: read.problem }),
    ...{ history: undefined, beside: undefined, repository: repo ?? (await here()) },
    head: { commit: pull.commit, tree: pull.tree, fetch: `git fetch origin pull/${at.number}/head` },
    weighed: [tellCheck(pull, check), tellCommit(pull)],
  };
}

async function fetchPull(at: PullRequestAt): Promise<PublishedPull> {
  const reader = resolveReader(at.origin, readEnvironment());
  const pull = await readPublished({ ...reader, ...at });
  if (pull) return pull;
  const how =
    reader.token === undefined
      ? "without a token. Set GITHUB_TOKEN where it is private."
      : "with this GITHUB_TOKEN.";
  throw new UsageError(`${at.origin} shows no pull request ${at.number} of ${at.owner}/${at.repo} ${how}`);
}

/** Keys that somebody named, else the one that the check run shows, for which nothing but the check run speaks. */
async function trustedKeys({ summary }: PublishedCheck, named: string | undefined): Promise<TrustedKeys> {
  if (named !== undefined) return readKeys(named, undefined);
  return { keys: parseKeys(keyIn(summary) ?? "") ?? [], given: false };
}

/** The clone that this directory belongs to, if it belongs to any. */
async function here(): Promise<string | undefined> {
  return "problem" in (await findLocalRepository(".")) ? undefined : ".";
}

function tellCheck({ checks }: PublishedPull, { app }: PublishedCheck): Weighed {
  const others = checks.length > 1 ? `; ${checks.length - 1} more have its name` : "";
  const line = `drafthorse/validation was written by the App \`${app}\`, as GitHub says${others}`;
  const repair =
    "Any App or workflow that may write checks can take that name: look whether this is the one that you know.";
  return { what: "check run", holds: undefined, isSaid: true, line, repair };
}

function tellCommit({ commit, verified }: PublishedPull): Weighed {
  const line = `GitHub says that the signature of ${commit} itself is ${verified ? "good" : "missing or bad"}`;
  return {
    what: "commit's signature",
    holds: undefined,
    isSaid: true,
    line,
    repair: "",
  };
}
