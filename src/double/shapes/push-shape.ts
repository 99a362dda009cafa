import { changedFiles } from "../git/compare.ts";
import type { Commit, Signature } from "../git/read-objects.ts";
import type { Account, Repository } from "../model.ts";
import type { World } from "../world.ts";
import { noreplyAddress } from "./commit-shape.ts";
import { htmlUrl } from "./repository-shape.ts";

const nothing = "0".repeat(40);
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** What was pushed. */
export type Push = {
  ref: string;
  before: string;
  after: string;
  forced: boolean;
  commits: readonly Commit[];
  head: Commit | undefined;
};

type Where = { world: World; repository: Repository; actor: Account };

/** A push as its webhook shows it. */
export async function pushShape({ world, repository, actor }: Where, push: Push) {
  const html = htmlUrl(world, repository);
  const range =
    push.before === nothing
      ? push.after.slice(0, 12)
      : `${push.before.slice(0, 12)}...${push.after.slice(0, 12)}`;
  const shape = (commit: Commit) => pushedCommit(repository, commit, `${html}/commit/${commit.sha}`);
  return {
    ref: push.ref,
    before: push.before,
    after: push.after,
    created: push.before === nothing,
    deleted: push.after === nothing,
    forced: push.forced,
    base_ref: null,
    compare: `${html}/compare/${range}`,
    commits: await Promise.all(push.commits.map(shape)),
    head_commit: push.head ? await shape(push.head) : null,
    pusher: { name: actor.login, email: noreplyAddress(actor) },
  };
}

async function pushedCommit(repository: Repository, commit: Commit, url: string) {
  const parent = commit.parents[0] ?? emptyTree;
  const files = await changedFiles(repository.directory, parent, commit.sha);
  const of = (...statuses: string[]) =>
    files.filter((file) => statuses.includes(file.status)).map((file) => file.path);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url,
    author: person(commit.author),
    committer: person(commit.committer),
    added: of("added", "renamed"),
    removed: [...of("removed"), ...files.flatMap((file) => file.previousPath ?? [])],
    modified: of("modified", "changed"),
  };
}

function person({ name, email }: Signature) {
  return { name, email };
}
