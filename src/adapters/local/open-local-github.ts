import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../domain/task/failure.ts";
import type { Branches } from "../../ports/branches.ts";
import type {
  BranchProtection,
  CheckRuns,
  Files,
  Issue,
  Issues,
  Labels,
  People,
  PullRequest,
  PullRequests,
  Snapshots,
} from "../../ports/github.ts";
import { noOffers, type SetUpOffers } from "../../ports/set-up-offers.ts";
import type { Artefacts } from "../../ports/store.ts";
import { localBranches } from "./local-branches.ts";

/** The person who types a command on their own machine may do everything there. */
const owner: People = {
  permission: async () => "admin",
  app: async () => undefined,
  members: async () => undefined,
};

/** There is no page on which a check run could stand: the evidence lies in the same directory. */
const noChecks: CheckRuns = { report: async () => undefined, failed: async () => [] };

/** A brief in a file carries its label already. */
const noLabels: Labels = { ensure: async () => "there" };

/** Nobody requires anything of a merge on one's own machine. */
const unprotected: BranchProtection = { app: 0, rules: async () => undefined };

/** What takes GitHub's place on one machine. */
export type LocalGitHub = {
  issues: Issues;
  snapshots: Snapshots;
  labels: Labels;
  setUpOffers: SetUpOffers;
  people: People;
  branches: Branches;
  pullRequests: PullRequests;
  checkRuns: CheckRuns;
  protection: BranchProtection;
};

/** One brief as the only issue, a repository's branches, and a directory in which comment and body are files. */
export function openLocalGitHub(options: {
  gitDir: string;
  directory: string;
  issue: Issue;
  /** Its number, without which every number is taken for it. */
  issueNumber?: number | undefined;
  artefacts: Artefacts;
  files: Files;
}): LocalGitHub {
  const { gitDir, directory, issue, issueNumber, artefacts, files } = options;
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, name), `${text}\n`);
  };
  const branches = localBranches(gitDir, artefacts);
  return {
    issues: {
      read: async ({ number }) => (number === (issueNumber ?? number) ? issue : undefined),
      say: async (_, { body }) => {
        await write("status.md", body);
        return 1;
      },
      react: async () => undefined,
    },
    labels: noLabels,
    setUpOffers: noOffers,
    snapshots: {
      take: async ({ repository }, { branch, path }) => ({
        ...{ issue, edits: {}, closers: [], comments: [] },
        hasBranch: (await branches.head(repository, branch)) !== undefined,
        file: await files.read(repository, path),
      }),
    },
    people: owner,
    branches,
    pullRequests: localPullRequests(directory, { write, branches }),
    checkRuns: noChecks,
    protection: unprotected,
  };
}

/** What nobody but GitHub tells of a pull request. */
const unasked = { reviews: [], ownChecks: undefined, branch: undefined, file: undefined };

function localPullRequests(
  directory: string,
  { write, branches }: { write: (name: string, text: string) => Promise<void>; branches: Branches },
): PullRequests {
  const opened = new Map<number, PullRequest>();
  return {
    find: async () => opened.get(1),
    read: async (_, number) => {
      const pull = opened.get(number);
      return pull && { ...pull, ...unasked };
    },
    open: async (repository, { body, branch, base }) => {
      await write("body.md", body);
      const head = (await branches.head(repository, branch))?.commit;
      if (head === undefined)
        throw new Failure("bug", `There is no branch ${branch} to open a pull request for.`);
      const url = join(directory, "body.md");
      const pull: PullRequest = {
        number: 1,
        url,
        body,
        draft: true,
        state: "open",
        head,
        base,
        isOurs: true,
      };
      opened.set(1, pull);
      return pull;
    },
    rewrite: async (_, number, body) => {
      const pull = opened.get(number);
      if (pull) opened.set(number, { ...pull, body });
      await write("body.md", body);
    },
    notes: async (_, number) => {
      const pull = opened.get(number);
      return pull && { pull, notes: [], hasFailedChecks: false };
    },
    askReview: async () => [],
    assign: async (_, __, logins) => logins,
  };
}
