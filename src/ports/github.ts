import type { ObjectId } from "../domain/evidence/change.ts";
import type { PullReview } from "../domain/review/pull-review.ts";
import type { BranchRules } from "../domain/rules/protection.ts";
import type { Permission } from "../domain/task/permission.ts";
import type { Feedback, Repository } from "../domain/task/task.ts";

/** A text file at the head of the default branch; `blob` is its object id. */
export type DefaultFile = { blob: ObjectId; text: string };

export type Files = {
  /** Reads one file of the default branch as it is now; undefined if there is no such file. */
  read(repository: Repository, path: string): Promise<DefaultFile | undefined>;
};

export type BranchProtection = {
  /** The id of our App, by which a check can be pinned. */
  readonly app: number;
  /** What is required of a merge into a branch; undefined where there is no such branch, or no GitHub. */
  rules(repository: Repository, branch: string): Promise<BranchRules | undefined>;
};

/** An issue as it is now. */
export type Issue = { title: string; body: string; author: string; open: boolean; labels: string[] };

/** An issue or pull request of a repository; GitHub numbers both alike. */
export type IssueAt = { repository: Repository; number: number };

/** A change of an issue's text: who made it, and when by GitHub's clock. */
export type TextEdit = { by: string; at: string };

/** The last change of an issue's body and the last of its title, where there was any: what its author first wrote is none. */
export type Edits = { body?: TextEdit; title?: TextEdit };

/** An open pull request that closes an issue when it is merged; `repository` is `owner/name` where that is another one. */
export type ClosingPull = { number: number; repository?: string; by: string };

/** What work on an issue begins from, all of one moment. */
export type Snapshot = {
  /** Undefined if it is gone. */
  issue: Issue | undefined;
  edits: Edits;
  /** The open pull requests that GitHub links as closing it, at most 100. */
  closers: ClosingPull[];
  /** The texts of its comments, whoever wrote them; undefined where there are too many to be told at once. */
  comments: string[] | undefined;
  hasBranch: boolean;
  /** The file of the default branch. */
  file: DefaultFile | undefined;
};

export type Snapshots = {
  /** An issue, whether there is such a branch, and one file of the default branch, in one request where GitHub can. */
  take(at: IssueAt, of: { branch: string; path: string }): Promise<Snapshot>;
};

/** A place on GitHub that takes a reaction. */
export type ReactionTarget = IssueAt & { comment?: number; reviewComment?: number };

export type Issues = {
  read(at: IssueAt): Promise<Issue | undefined>;
  /**
   * Writes the one comment of ours that carries `marker` on the issue: edits `known` if given and still there, else
   * looks for the marker among the comments by this App, else creates it. It is created at once where `isNew` says that
   * there is none. The marker is added to a body without it. Resolves to the comment's id, or to undefined if the issue
   * itself is gone.
   */
  say(
    at: IssueAt,
    comment: { marker: string; body: string; known?: number | undefined; isNew?: boolean },
  ): Promise<number | undefined>;
  /** Adds a reaction; adding it twice is adding it once, and adding it to what is gone is nothing. */
  react(target: ReactionTarget, reaction: "eyes" | "confused"): Promise<void>;
};

/**
 * One try of GitHub to deliver an event to our webhook. `id` names the try; `delivery` is the header X-GitHub-Delivery, which
 * all tries of one event share. `status` is what was answered, 0 for no answer.
 */
export type DeliveryTry = { id: number; delivery: string; event: string; at: string; status: number };

export type WebhookDeliveries = {
  /** The tries since then, the newest first, at most 5,000; GitHub keeps them for three days or longer. */
  since(time: Date): Promise<DeliveryTry[]>;
  /** Asks GitHub to try again; the event arrives at the webhook like any other, with its signature. */
  redeliver(id: number): Promise<void>;
};

/** An open issue that carries a label. */
export type LabelledIssue = { number: number; title: string; body: string; author: string };

/** Who put a label on an issue, and when by GitHub's clock; `event` is GitHub's id of that. */
export type Labelling = { by: string; byId: number; at: string; event: number };

/** A label as it is made: its colour in six hexadecimal digits, and at most 100 characters on what it is for. */
export type NewLabel = { name: string; color: string; description: string };

export type Labels = {
  /** Makes a label. One of that name, in any case, stays as it is. */
  ensure(repository: Repository, label: NewLabel): Promise<"made" | "there">;
};

export type LabelledIssues = {
  /** The repositories on which the App is installed and not suspended, in a stable order. */
  repositories(): Promise<Repository[]>;
  /** Open issues with the label, the oldest first, at most 100; pull requests are none. */
  labelled(repository: Repository, label: string): Promise<LabelledIssue[]>;
  /** How the issue got the label that it has; undefined where GitHub does not tell. */
  labelling(at: IssueAt, label: string): Promise<Labelling | undefined>;
};

export type People = {
  permission(repository: Repository, login: string): Promise<Permission>;
  /** The id of the App whose bot has this login; undefined where there is none, and for our own. */
  app(repository: Repository, login: string): Promise<number | undefined>;
  /** The logins of a team's members, `team` as `org/team`; undefined where the App may not read them or there is none. */
  members(repository: Repository, team: string): Promise<string[] | undefined>;
};

/** A pull request as it is now. */
export type PullRequest = {
  number: number;
  url: string;
  body: string;
  draft: boolean;
  state: "open" | "closed" | "merged";
  head: ObjectId;
  /** The branch that it is to be merged into. */
  base: string;
  /** Whether this App opened it. */
  isOurs: boolean;
};

/** Whether a pull request is a draft. */
export type DraftWish = "require" | "prefer" | "never";
/** A check run of this App on a commit; `annotations` is how many it has. */
export type OwnCheck = {
  id: number;
  name: string;
  externalId: string;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: number;
};

/** A pull request with what it is judged by, all of one moment. */
export type PullSnapshot = PullRequest & {
  /** Every review that was submitted, oldest first. */
  reviews: PullReview[];
  /** The check runs of this App on the head; undefined where they are not known. */
  ownChecks: OwnCheck[] | undefined;
  /** Where its branch is, and the other open pull requests from it, at most 10; undefined where there is no such branch. */
  branch: { name: string; commit: ObjectId; otherPulls: number[] } | undefined;
  /** The rules of the repository, as the default branch has them. */
  file: DefaultFile | undefined;
};

/**
 * A pull request, and what was said on it: reviews with a text that were not dismissed, and the comments of threads that
 * nobody resolved, oldest first, with their authors; none of this App's own. `hasFailedChecks` is false where no check of
 * others can have failed on its head.
 */
export type PulledNotes = { pull: PullRequest; notes: Feedback["notes"]; hasFailedChecks: boolean };

export type PullRequests = {
  /** The pull request of this App from `branch` whose body carries `marker`, open or not. */
  find(repository: Repository, of: { branch: string; marker: string }): Promise<PullRequest | undefined>;
  /** Undefined if there is no such pull request. */
  read(repository: Repository, number: number): Promise<PullSnapshot | undefined>;
  /**
   * Opens a draft. Where GitHub refuses drafts: an ordinary one titled `[draft] …` if a draft is preferred, and a `rules`
   * failure if it is required. `never`: an ordinary one, which nobody has to mark ready.
   */
  open(
    repository: Repository,
    order: { branch: string; base: string; title: string; body: string; draft: DraftWish },
  ): Promise<PullRequest>;
  /** Rewrites the body. */
  rewrite(repository: Repository, number: number, body: string): Promise<void>;
  /** The same with what people said on it; undefined if there is no such pull request. */
  notes(repository: Repository, number: number): Promise<PulledNotes | undefined>;
  /**
   * Asks people and teams (`org/team`) for a review; resolves to those whom GitHub refuses to ask. Asking twice is asking
   * once.
   */
  askReview(repository: Repository, number: number, names: string[]): Promise<string[]>;
  /** Assigns people; resolves to those who then are assigned: GitHub leaves out whom it cannot. */
  assign(repository: Repository, number: number, logins: string[]): Promise<string[]>;
};

/** A note of a check run on a line of a file, 1-based. */
export type CheckNote = { path: string; line: number; level: "warning" | "failure"; message: string };

/** A check run on a commit; `text` is Markdown of at most 65,535 characters. */
export type CheckReport = {
  name: string;
  head: ObjectId;
  externalId: string;
  conclusion: "success" | "failure" | "neutral" | "action_required";
  title: string;
  summary: string;
  text: string;
  annotations?: CheckNote[];
  /** The check runs of this App on the commit as they were just read; where they are known none is looked for. */
  among?: OwnCheck[] | undefined;
};

/** A check run of somebody else that failed; `output` is its summary, text and failure notes. */
export type FailedCheck = { name: string; conclusion: string; output: string };

export type CheckRuns = {
  /**
   * Creates each check run, or updates the one of this App with the same name and external id on that commit. Each
   * annotation is there once, however often this is done; one that is there MUST not be expected to go.
   */
  report(repository: Repository, checks: CheckReport[]): Promise<void>;
  /** The check runs of others that failed on a commit, with what they said; none of this App's own. */
  failed(repository: Repository, head: ObjectId): Promise<FailedCheck[]>;
};
