import type { Change, ObjectId } from "../domain/evidence/change.ts";
import type { AgentCommit } from "../domain/review/approval.ts";
import type { PublishedCommit, Repository } from "../domain/task/task.ts";

/** Where a branch points; `ours` is read from the trailers of a commit made by this App, and null for all others. */
export type Head = {
  commit: ObjectId;
  tree: ObjectId;
  verified: boolean;
  ours: { task: string; attempt: number } | null;
};

/** A commit to be made by GitHub's Git Data API. */
export type CommitOrder = {
  change: Change;
  parent: ObjectId;
  message: string;
  /** Reads the content of one object of the change. */
  blob: (id: ObjectId) => Promise<Uint8Array>;
};

/** What a pull request has brought: of each commit what its trailers say if it is ours, else null. */
export type PulledCommits = Head["ours"][] | "too many";

export type Branches = {
  /** Undefined if there is no such branch. */
  head(repository: Repository, branch: string): Promise<Head | undefined>;
  /**
   * Writes the change's tree on top of its base tree, and a commit of it; no ref is touched. MUST reject with a `git`
   * failure if the tree that GitHub answers is not `change.tree`.
   */
  commit(repository: Repository, order: CommitOrder): Promise<PublishedCommit>;
  /**
   * Creates the branch at `commit` (`from` null), or fast-forwards it from `from`; never by force, and never a ref
   * outside `agent/*`. MUST succeed if the branch is already at `commit`, and MUST answer `moved` if it is elsewhere.
   * A commit that does not descend from `from` is refused with a `github` failure.
   */
  point(
    repository: Repository,
    move: { branch: string; commit: ObjectId; from: ObjectId | null },
  ): Promise<"done" | "moved">;
  /** What a pull request has brought. */
  pulled(repository: Repository, pullRequest: number): Promise<PulledCommits>;
  /**
   * Deletes the branch if it is at `commit`, and never a ref outside `agent/*`. MUST succeed if it is gone already, and MUST
   * answer `moved` if it is elsewhere. `isSeen`: it was seen there in the very moment before.
   */
  remove(
    repository: Repository,
    at: { branch: string; commit: ObjectId; isSeen?: boolean },
  ): Promise<"done" | "moved">;
  /**
   * The commits of agents that `head` has and `base` has not, commits or branches both: those that name a task in their
   * trailers, and those of this App, whoever put them there.
   */
  agentCommits(repository: Repository, range: { base: string; head: ObjectId }): Promise<AgentCommit[]>;
};
