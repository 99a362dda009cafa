import { mergedTree } from "../git/compare.ts";
import { readCommit } from "../git/read-objects.ts";
import { git } from "../git/run-git.ts";
import { writeCommit } from "../git/write-objects.ts";
import type { PullRequest } from "../model.ts";
import { presentShas } from "../pull-facts.ts";
import { Refusal } from "../refusal.ts";
import { noreplyAddress } from "../shapes/commit-shape.ts";
import { now } from "../world.ts";
import { announce, type By } from "./announce.ts";

/** Makes the merge group of one pull request and asks for its checks; resolves to the group's commit. */
export async function queuePull(by: By, issue: PullRequest): Promise<string> {
  const { world, repository, actor } = by;
  const { directory } = repository;
  const { headSha, baseSha } = await presentShas(repository, issue);
  const tree = await mergedTree(directory, baseSha, headSha);
  if (!tree) throw new Refusal(405, "Pull Request is not mergeable");
  const author = { name: actor.login, email: noreplyAddress(actor), date: now(world) };
  // A group that is made again is another commit, also within the second that a commit's date can tell.
  const message = `Merge pull request #${issue.number}\n\nEntry ${world.newId()} of the queue`;
  const parents = [baseSha, headSha];
  const group = await writeCommit(directory, { tree, parents, message, author, committer: author });
  const base = issue.pull.base;
  const ref = `refs/heads/gh-readonly-queue/${base}/pr-${issue.number}-${baseSha}`;
  await git(directory, ["update-ref", ref, group]);
  const { committer } = await readCommit(directory, group);
  const who = { name: committer.name, email: committer.email };
  announce(by, "merge_group.checks_requested", {
    merge_group: {
      ...{ head_sha: group, head_ref: ref, base_sha: baseSha, base_ref: `refs/heads/${base}` },
      head_commit: {
        id: group,
        tree_id: tree,
        message,
        timestamp: committer.date,
        author: who,
        committer: who,
      },
    },
  });
  return group;
}
