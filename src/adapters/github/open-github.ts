import { Octokit } from "@octokit/rest";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { Branches } from "../../ports/branches.ts";
import type {
  BranchProtection,
  CheckRuns,
  Files,
  Issues,
  LabelledIssues,
  Labels,
  People,
  PullRequests,
  Snapshots,
  WebhookDeliveries,
} from "../../ports/github.ts";
import type { SetUpOffers } from "../../ports/set-up-offers.ts";
import type { Clock, Log } from "../../ports.ts";
import { fetchThrough } from "../proxy/fetch-through.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { refuseForbiddenWrite } from "./allowed-writes.ts";
import { type AppFacts, appFacts } from "./app-facts.ts";
import { branchProtectionOf } from "./branch-protection.ts";
import { branchesOf } from "./branches.ts";
import { checkRunsOf } from "./check-runs.ts";
import { filesOf } from "./files.ts";
import { issuesOf } from "./issues.ts";
import { labelledIssuesOf } from "./labelled-issues.ts";
import { labelsOf } from "./labels.ts";
import type { NodeIds } from "./node-ids.ts";
import { peopleOf } from "./people.ts";
import { pullRequestsOf } from "./pull-requests.ts";
import { type PolicyParts, RequestPolicy } from "./request-policy.ts";
import { setUpOffersOf } from "./set-up-offers.ts";
import { snapshotsOf } from "./take-snapshot.ts";
import { type TalliedAnswer, tellAnswers } from "./tell-answers.ts";
import { TokenMint } from "./tokens.ts";
import { webhookDeliveriesOf } from "./webhook-deliveries.ts";

/** What the adapter is given: the App's identity and where GitHub's API is, without a slash at its end. */
export type GitHubOptions = {
  appId: number;
  privateKey: string;
  apiUrl: string;
  proxies?: NetworkProxies;
  clock: Clock;
  log: Log;
  /** Told of every token, so that none is ever shown. */
  minted?: (token: string) => void;
  /** Told of every answer. */
  answered?: (answer: TalliedAnswer) => void;
} & Pick<PolicyParts, "answerMs" | "sleep" | "writeLimits">;

/** GitHub, as the recipes and the git fetches see it. */
export type GitHub = {
  files: Files;
  issues: Issues;
  snapshots: Snapshots;
  people: People;
  branches: Branches;
  pullRequests: PullRequests;
  checkRuns: CheckRuns;
  protection: BranchProtection;
  webhookDeliveries: WebhookDeliveries;
  labels: Labels;
  setUpOffers: SetUpOffers;
  labelledIssues: LabelledIssues;
  /** A token that can read the contents of one repository and do nothing else. */
  fetchToken(repository: Repository): Promise<string>;
  /** The App's name in URLs, and the login under which it writes. */
  app(): Promise<AppFacts>;
};

/** Opens GitHub for one App. Nothing is asked until something is needed. */
export function openGitHub(options: GitHubOptions): GitHub {
  const { client, tokens } = openClient(options);
  const app = appFacts(client);
  const files = filesOf(client);
  const nodes: NodeIds = new Map();
  return {
    files,
    snapshots: snapshotsOf(client, files, nodes),
    issues: issuesOf(client, app),
    people: peopleOf(client, app),
    branches: branchesOf(client, app),
    pullRequests: pullRequestsOf({ client, app, appId: options.appId, files }),
    checkRuns: checkRunsOf({ client, appId: options.appId, nodes }),
    protection: branchProtectionOf(client, options.appId),
    webhookDeliveries: webhookDeliveriesOf(client),
    labels: labelsOf(client),
    setUpOffers: setUpOffersOf(client),
    labelledIssues: labelledIssuesOf(client),
    fetchToken: (repository) => tokens.tokenFor(accessTo(repository, { contents: "read" }).request.grant),
    app,
  };
}

/** The client through which everything is asked, with the mint of its tokens. */
export function openClient(options: GitHubOptions): { client: GitHubClient; tokens: TokenMint } {
  const client = clientFor(options);
  const tokens = new TokenMint({ client, identity: options, ...options });
  const policy = new RequestPolicy({ ...options, tokens });
  const answered = options.answered ?? (() => undefined);
  client.hook.wrap("request", (send, request) => policy.send(tellAnswers(send, answered), request));
  client.hook.before("request", (request) => refuseForbiddenWrite(request));
  return { client, tokens };
}

/** octokit's own log would name every request; the policy names those that matter. */
function clientFor({ apiUrl, proxies }: Pick<GitHubOptions, "apiUrl" | "proxies">): GitHubClient {
  const silent = () => undefined;
  return new Octokit({
    baseUrl: apiUrl,
    userAgent: "drafthorse",
    ...(proxies && { request: { fetch: fetchThrough(proxies) } }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}
