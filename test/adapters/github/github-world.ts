import type { Change } from "../../../src/domain/evidence/change.ts";
import type { Permission } from "../../../src/domain/task/permission.ts";
import type { Repository } from "../../../src/domain/task/task.ts";
import type { Branches } from "../../../src/ports/branches.ts";
import type { CheckRuns, Files, Issues, People, PullRequests, Snapshots } from "../../../src/ports/github.ts";

/** The ports of GitHub. */
export type GitHubPorts = {
  files: Files;
  issues: Issues;
  snapshots: Snapshots;
  people: People;
  branches: Branches;
  pullRequests: PullRequests;
  checkRuns: CheckRuns;
};

/** The writes whose answers can get lost. */
export type LosableWrite =
  | ("say" | "create branch" | "move branch" | "open")
  | ("report" | "report all" | "annotate");

/** Files of a change: text, bytes, or null to delete; `mode` where it is not an ordinary file. */
export type Edit = Record<string, string | Uint8Array | null | { mode: string; content: string }>;

/** A change and the content of its objects. */
export type MadeChange = { change: Change; blob: (id: string) => Promise<Uint8Array> };

/** One repository on a GitHub, fake or double, and what people do there and can see. */
export type GitHubWorld = {
  ports: GitHubPorts;
  repository: Repository;
  botLogin: string;
  /** Where the default branch is. */
  base(): Promise<{ commit: string; tree: string }>;
  allow(login: string, permission: Permission): void;
  /** Makes an App; the id of it. */
  makesApp(botLogin: string): number;
  refuseDrafts(): void;
  opensIssue(by: string, issue: { title: string; body: string; labels?: string[] }): Promise<number>;
  editsIssue(by: string, number: number, changes: { body?: string; title?: string }): Promise<void>;
  closesIssue(by: string, number: number): Promise<void>;
  comments(by: string, number: number, body: string): Promise<number>;
  deletesComment(number: number, id: number): Promise<void>;
  commentsOn(number: number): Promise<{ id: number; author: string; body: string }[]>;
  reactionsTo(number: number, comment?: number): Promise<string[]>;
  change(edit: Edit, onto?: { commit: string; tree: string }): Promise<MadeChange>;
  pushes(by: string, branch: string, push: { file: string; message: string }): Promise<string>;
  deletesBranch(by: string, branch: string): Promise<void>;
  opensPullRequest(by: string, pull: { branch: string; title: string; body: string }): Promise<number>;
  closesPullRequest(by: string, number: number): Promise<void>;
  mergesPullRequest(by: string, number: number): Promise<void>;
  /** Reviews with a text and, if a path is given, a comment on its first line. */
  reviews(
    by: string,
    number: number,
    review: { body: string; path?: string; comment?: string },
  ): Promise<void>;
  /** Approves, or asks for changes, at the present head. */
  judges(by: string, number: number, verdict: "approved" | "changes-requested"): Promise<void>;
  /** Dismisses the newest review of a pull request. */
  dismisses(by: string, number: number): Promise<void>;
  /** Who was asked to review a pull request, and who is assigned. */
  askedOf(number: number): Promise<{ reviewers: string[]; assignees: string[] }>;
  annotationsOn(commit: string): Promise<string[]>;
  pullRequestTitles(): Promise<string[]>;
  checkRunsOf(
    commit: string,
  ): Promise<{ name: string; externalId: string; conclusion: string; text: string }[]>;
  /** The next write of this kind has its effect, and nobody hears of it: the port may reject, or find out. */
  loseNext(write: LosableWrite): void;
};
