import type { Base } from "../domain/evidence/change.ts";
import type { Repository } from "../domain/task/task.ts";

/** A file of the offer, UTF-8 and not empty. */
export type OfferedFile = { path: string; text: string };

/** What the offer of a set-up asks of GitHub, which is the only record of what was offered. */
export type SetUpOffers = {
  /** Where offers may be: the repositories on which the App is installed and not suspended. */
  repositories(): Promise<Repository[]>;
  /** The repository with its default branch by name; undefined where nothing is offered: it is gone or archived, or nobody wants offers. */
  named(repository: Repository): Promise<Repository | undefined>;
  /** The text of the issue form that is offered. */
  form(): string;
  /** Puts the files on the set-up branch, as one commit on the base. A branch that is there stays as it is. */
  write(repository: Repository, order: { base: Base; files: OfferedFile[]; message: string }): Promise<void>;
};

/** No repository is offered anything. */
export const noOffers: SetUpOffers = {
  repositories: async () => [],
  named: async () => undefined,
  form: () => "",
  write: async () => undefined,
};
