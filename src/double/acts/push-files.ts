import { readCommit, readRef } from "../git/read-objects.ts";
import { type TreeChange, writeCommit, writeTree } from "../git/write-objects.ts";
import { noreplyAddress } from "../shapes/commit-shape.ts";
import { now } from "../world.ts";
import type { By } from "./announce.ts";
import { moveRef } from "./ref-acts.ts";

/** Files to commit; null deletes one. `submodules` are commits of other repositories by their paths. */
export type FilePush = {
  branch: string;
  files: Record<string, string | null>;
  submodules?: Record<string, string>;
  message?: string;
};

/** Commits files to a branch as a person's push would, and returns the commit's sha. */
export async function pushFiles(by: By, push: FilePush): Promise<string> {
  const commit = await commitFiles(by, push);
  await moveRef(by, { ref: `refs/heads/${push.branch}`, to: commit });
  return commit;
}

/** Commits files on top of a branch without moving it, and returns the commit's sha. */
export async function commitFiles(by: By, push: FilePush): Promise<string> {
  const { branch, files, message } = push;
  const { world, repository, actor } = by;
  const { directory, defaultBranch } = repository;
  const ref = `refs/heads/${branch}`;
  const parent = (await readRef(directory, ref)) ?? (await readRef(directory, `refs/heads/${defaultBranch}`));
  const base = parent && (await readCommit(directory, parent)).tree;
  const tree = await writeTree(directory, base || undefined, changesOf(push));
  const author = { name: actor.login, email: noreplyAddress(actor), date: now(world) };
  return writeCommit(directory, {
    tree,
    parents: parent ? [parent] : [],
    message: message ?? `Change ${Object.keys(files).join(", ")}`,
    author,
    committer: author,
  });
}

function changesOf({ files, submodules = {} }: FilePush): TreeChange[] {
  return [
    ...Object.entries(files).map(([path, content]) => ({
      ...{ path, mode: "100644", sha: null },
      content: content === null ? undefined : Buffer.from(content),
    })),
    ...Object.entries(submodules).map(([path, sha]) => ({ path, mode: "160000", sha })),
  ];
}
