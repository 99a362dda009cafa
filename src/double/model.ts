/** What somebody may do in a repository, in GitHub's five steps. */
export type Role = "admin" | "maintain" | "write" | "triage" | "read";

/** A person, an organization or the App's own bot. */
export type Account = { id: number; login: string; type: "User" | "Bot" | "Organization" };

/** A team of an organization; it may review in all repositories of that. */
export type Team = { id: number; org: Account; slug: string; members: Account[] };

/** A label of a repository. */
export type Label = { id: number; name: string; color: string; description: string | null };

/** The eight contents that GitHub knows for a reaction. */
export const reactionContents = [
  "+1",
  "-1",
  "laugh",
  "hooray",
  "confused",
  "heart",
  "rocket",
  "eyes",
] as const;

/** One of the eight contents of a reaction. */
export type ReactionContent = (typeof reactionContents)[number];

/** A reaction to an issue or a comment. */
export type Reaction = { id: number; content: ReactionContent; author: Account; createdAt: string };

/** What a person or the App said below an issue or a pull request. */
export type Comment = {
  id: number;
  author: Account;
  body: string;
  createdAt: string;
  updatedAt: string;
  reactions: Reaction[];
};

/** The state of a review as the REST API writes it. */
export type ReviewState = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";

/** A review of a pull request at one commit. */
export type Review = {
  id: number;
  author: Account;
  state: ReviewState;
  body: string;
  commit: string;
  submittedAt: string;
};

/** A comment on a line of a pull request's diff. */
export type ReviewComment = Comment & {
  reviewId: number;
  path: string;
  line: number;
  commit: string;
  diffHunk: string;
  inReplyTo: number | undefined;
  /** Whether somebody said that the thread which this begins is dealt with. */
  resolved?: boolean;
};

/** What makes an issue a pull request. The shas are kept for when the branches are gone. */
export type Pull = {
  id: number;
  draft: boolean;
  head: string;
  base: string;
  headSha: string;
  baseSha: string;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
  reviews: Review[];
  reviewComments: ReviewComment[];
  requestedReviewers: Account[];
  requestedTeams: Team[];
  /** Whose fork the head is in; absent where it is in the repository itself. */
  fork?: Account;
};

/** An entry of an issue's history, such as `labeled`. */
export type IssueEvent = {
  id: number;
  event: string;
  actor: Account;
  createdAt: string;
  detail: Record<string, unknown>;
};

/** An issue, or a pull request if it has a `pull`. */
export type Issue = {
  id: number;
  number: number;
  title: string;
  body: string | null;
  author: Account;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "reopened" | null;
  labels: Label[];
  assignees: Account[];
  comments: Comment[];
  reactions: Reaction[];
  events: IssueEvent[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  /** The last change of the body; the first text is none. */
  lastEdit: { by: Account; at: string } | null;
  pull: Pull | undefined;
};

/** An issue that is a pull request. */
export type PullRequest = Issue & { pull: Pull };

/** A note of a check run on lines of a file. */
export type Annotation = {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: "notice" | "warning" | "failure";
  message: string;
  title?: string | undefined;
  raw_details?: string | undefined;
  start_column?: number | undefined;
  end_column?: number | undefined;
};

/** A check run of the App on a commit. */
export type CheckRun = {
  id: number;
  suiteId: number;
  name: string;
  headSha: string;
  externalId: string;
  detailsUrl: string | null;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  /** What a job of a workflow wrote; absent where the check run is the App's. */
  log?: string;
};

/** A ruleset of a repository, with GitHub's own words inside. */
export type Ruleset = {
  id: number;
  name: string;
  target: "branch" | "tag" | "push";
  enforcement: "active" | "evaluate" | "disabled";
  conditions?: { ref_name: { include: string[]; exclude: string[] } } | undefined;
  rules: { type: string; parameters?: Record<string, unknown> | undefined }[];
  bypass_actors: { actor_type: string; actor_id?: number | null | undefined; bypass_mode: string }[];
};

/** Classic protection of a branch; `admins` says whether it holds for administrators too. */
export type ClassicRule = {
  approvals: number;
  dismissesStale: boolean;
  signatures: boolean;
  checks: { context: string; app_id: number | null }[];
  admins: boolean;
};

/** A repository: a bare git repository on disk and what people wrote around it. */
export type Repository = {
  id: number;
  owner: Account;
  name: string;
  private: boolean;
  isFork?: boolean;
  archived: boolean;
  hasIssues: boolean;
  /** Whether draft pull requests are allowed; some plans refuse them in private repositories. */
  drafts: boolean;
  /** Whether the plan has rulesets for it; free plans have none for private repositories, and no drafts either. */
  hasRules: boolean;
  defaultBranch: string;
  directory: string;
  collaborators: Map<string, Role>;
  labels: Label[];
  issues: Issue[];
  checkRuns: CheckRun[];
  rulesets: Ruleset[];
  /** Classic protection, by branch. */
  classicRules: Map<string, ClassicRule>;
  /** The check suite of the App for each commit that has one. */
  checkSuites: Map<string, number>;
  /** Whether GitHub signs what an App commits; an Enterprise Server may not. */
  signs: boolean;
  /** Commits that GitHub itself signed. */
  signed: Set<string>;
  createdAt: string;
  pushedAt: string;
  /** Runs one change at a time, as a database transaction would. */
  alone: <Result>(change: () => Promise<Result>) => Promise<Result>;
};

/** The App's permissions, by GitHub's names. */
export type Permissions = Record<string, "read" | "write">;

/** The App on one account. */
export type Installation = {
  id: number;
  account: Account;
  permissions: Permissions;
  repositoryIds: Set<number>;
  createdAt: string;
  suspendedAt?: string | undefined;
};

/** "owner/name" of a repository. */
export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** Whether an issue is a pull request. */
export function isPullRequest(issue: Issue): issue is PullRequest {
  return issue.pull !== undefined;
}
