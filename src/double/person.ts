import type { By } from "./acts/announce.ts";
import { endJob, type Job, rerequestRun, rerequestSuite } from "./acts/check-acts.ts";
import { addComment, deleteComment, editComment, react } from "./acts/comment-acts.ts";
import {
  addAssignees,
  addLabels,
  closeIssue,
  editIssue,
  openIssue,
  removeLabel,
  reopenIssue,
} from "./acts/issue-acts.ts";
import { findLabel } from "./acts/label-acts.ts";
import { markReady, mergePull, type NewPull, openPull } from "./acts/pull-acts.ts";
import { commitFiles, type FilePush, pushFiles } from "./acts/push-files.ts";
import { moveRef } from "./acts/ref-acts.ts";
import { dismissReview, type NewReview, submitReview } from "./acts/review-acts.ts";
import { git } from "./git/run-git.ts";
import {
  type Account,
  type Comment,
  fullName,
  type Issue,
  type PullRequest,
  type ReactionContent,
} from "./model.ts";
import { type IssueRef, issueAt, pullAt, repositoryAt } from "./places.ts";
import { headRefOf } from "./pull-facts.ts";
import { issueHtmlUrl } from "./shapes/issue-shape.ts";
import { account, type World } from "./world.ts";

/** An issue or pull request that a person opened, and where it can be seen. */
export type Opened = IssueRef & { url: string };

/** What a person can do on GitHub. Every act sends the webhooks that GitHub would. */
export class Person {
  readonly #world: World;
  readonly #actor: Account;

  constructor(world: World, actor: Account) {
    this.#world = world;
    this.#actor = actor;
  }

  /** Opens an issue. */
  async opensIssue(
    repository: string,
    fields: { title: string; body?: string; labels?: string[] },
  ): Promise<Opened> {
    return this.#in(repository, async (by) => opened(by, await openIssue(by, fields)));
  }

  /** Puts a label on. */
  async labels(at: IssueRef, name: string): Promise<void> {
    await this.#on(at, (by, issue) => addLabels(by, issue, [name]));
  }

  /** Takes a label off. */
  async unlabels(at: IssueRef, name: string): Promise<void> {
    await this.#on(at, async (by, issue) => {
      const label = findLabel(by, name);
      if (label && issue.labels.includes(label)) await removeLabel(by, issue, label);
    });
  }

  /** Comments; returns the comment's id. */
  async comments(at: IssueRef, body: string): Promise<number> {
    return this.#on(at, async (by, issue) => addComment(by, issue, body).id);
  }

  /** Changes a comment. */
  async editsComment(at: IssueRef, id: number, body: string): Promise<void> {
    await this.#on(at, async (by, issue) => editComment(by, { issue, comment: commentOf(issue, id) }, body));
  }

  /** Deletes a comment. */
  async deletesComment(at: IssueRef, id: number): Promise<void> {
    await this.#on(at, async (by, issue) => deleteComment(by, { issue, comment: commentOf(issue, id) }));
  }

  /** Changes title or body. */
  async edits(at: IssueRef, changes: { title?: string; body?: string }): Promise<void> {
    await this.#on(at, (by, issue) => editIssue(by, issue, changes));
  }

  /** Closes an issue or a pull request. */
  async closes(at: IssueRef): Promise<void> {
    await this.#on(at, (by, issue) => closeIssue(by, issue));
  }

  /** Reopens an issue or a pull request. */
  async reopens(at: IssueRef): Promise<void> {
    await this.#on(at, (by, issue) => reopenIssue(by, issue));
  }

  /** Assigns somebody. */
  async assigns(at: IssueRef, login: string): Promise<void> {
    await this.#on(at, (by, issue) => addAssignees(by, issue, [account(this.#world, login)]));
  }

  /** Reacts; GitHub sends no webhook for that. */
  async reacts(at: IssueRef, content: ReactionContent): Promise<void> {
    await this.#on(at, async (by, issue) => void react(by, issue.reactions, content));
  }

  /** Opens a pull request from a branch of the same repository. */
  async opensPullRequest(repository: string, fields: NewPull): Promise<Opened> {
    return this.#in(repository, async (by) => opened(by, await openPull(by, fields)));
  }

  /** Pushes files to a branch of the person's own fork, and opens a pull request from there. */
  async opensFromFork(
    repository: string,
    { files, ...fields }: NewPull & Pick<FilePush, "files">,
  ): Promise<Opened> {
    return this.#in(repository, async (by) => {
      const fork = this.#actor;
      const { directory } = by.repository;
      const commit = await commitFiles(by, { branch: fields.base, files });
      await git(directory, ["update-ref", headRefOf({ head: fields.head, fork }), commit]);
      return opened(by, await openPull(by, { ...fields, fork }));
    });
  }

  /** Reviews a pull request; returns the review's id. */
  async reviews(at: IssueRef, review: NewReview): Promise<number> {
    return this.#onPull(at, async (by, issue) => (await submitReview(by, issue, review)).id);
  }

  /** Dismisses a review. */
  async dismisses(at: IssueRef, reviewId: number): Promise<void> {
    await this.#onPull(at, async (by, issue) => {
      const review = issue.pull.reviews.find((one) => one.id === reviewId);
      if (review) await dismissReview(by, { issue, review });
    });
  }

  /** Says that all threads on a line are dealt with; GitHub sends a webhook for that which nobody here wants. */
  async resolves(at: IssueRef, place: { path: string; line: number }): Promise<void> {
    await this.#onPull(at, async (_, { pull }) => {
      for (const comment of pull.reviewComments)
        if (comment.path === place.path && comment.line === place.line) comment.resolved = true;
    });
  }

  /** Marks a draft ready for review. */
  async marksReady(at: IssueRef): Promise<void> {
    await this.#onPull(at, markReady);
  }

  /** Merges a pull request. */
  async merges(at: IssueRef): Promise<void> {
    await this.#onPull(at, mergePull);
  }

  /** Asks for a check run again by its name, or for all of them. */
  async rerequests(at: IssueRef, name?: string): Promise<void> {
    await this.#onPull(at, async (by, { pull }) => {
      const run = by.repository.checkRuns.findLast(
        (one) => one.headSha === pull.headSha && one.name === name,
      );
      if (run) rerequestRun(by, run);
      if (!name) await rerequestSuite(by, pull.headSha);
    });
  }

  /** Ends a job of a workflow on a commit, as `github-actions[bot]` does. */
  async endsJob(repository: string, job: Job): Promise<void> {
    await this.#in(repository, async (by) => endJob(by, job));
  }

  /** Commits files to a branch, made from the default branch if it is new; returns the commit's sha. */
  async pushes(repository: string, push: FilePush): Promise<string> {
    return this.#in(repository, (by) => pushFiles(by, push));
  }

  /** Deletes a branch. */
  async deletesBranch(repository: string, branch: string): Promise<void> {
    await this.#in(repository, (by) => moveRef(by, { ref: `refs/heads/${branch}`, to: undefined }));
  }

  async #in<Result>(name: string, act: (by: By) => Promise<Result>): Promise<Result> {
    const repository = repositoryAt(this.#world, name);
    return repository.alone(() => act({ world: this.#world, repository, actor: this.#actor }));
  }

  async #on<Result>(at: IssueRef, act: (by: By, issue: Issue) => Promise<Result>): Promise<Result> {
    return this.#in(at.repository, (by) => act(by, issueAt(this.#world, at).issue));
  }

  async #onPull<Result>(at: IssueRef, act: (by: By, issue: PullRequest) => Promise<Result>): Promise<Result> {
    return this.#in(at.repository, (by) => act(by, pullAt(this.#world, at).issue));
  }
}

function opened({ world, repository }: By, issue: Issue): Opened {
  const url = issueHtmlUrl(world, repository, issue);
  return { repository: fullName(repository), number: issue.number, url };
}

function commentOf(issue: Issue, id: number): Comment {
  const comment = issue.comments.find((one) => one.id === id);
  if (!comment) throw new Error(`The double has no comment ${id}`);
  return comment;
}
