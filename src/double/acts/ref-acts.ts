import { isAncestor } from "../git/compare.ts";
import { readCommit, readCommits, readRef } from "../git/read-objects.ts";
import { git } from "../git/run-git.ts";
import { isPullRequest } from "../model.ts";
import { headRefOf } from "../pull-facts.ts";
import { invalid } from "../refusal.ts";
import { suiteShape } from "../shapes/check-shape.ts";
import { pushShape } from "../shapes/push-shape.ts";
import { now } from "../world.ts";
import { announce, type By } from "./announce.ts";
import { announceIssue, closeIssue, remember } from "./issue-acts.ts";
import { suiteOf } from "./suite-of.ts";

const nothing = "0".repeat(40);

/** Where a ref goes; to undefined it is deleted. */
export type RefMove = { ref: string; to: string | undefined };

/** Creates a ref, or refuses because it is there. */
export async function createRef(by: By, { ref, to }: { ref: string; to: string }): Promise<void> {
  const { directory } = by.repository;
  if (await readRef(directory, ref)) throw invalid("Reference already exists");
  await moveRef(by, { ref, to });
}

/** Moves an existing ref; without force only forward. */
export async function updateRef(
  by: By,
  { ref, to, force }: { ref: string; to: string; force: boolean },
): Promise<void> {
  const { directory } = by.repository;
  const old = await readRef(directory, ref);
  if (!old) throw invalid("Reference does not exist");
  if (!force && !(await isAncestor(directory, old, to))) throw invalid("Update is not a fast forward");
  await moveRef(by, { ref, to });
}

/** Sets or deletes a ref and tells all that follows from it. */
export async function moveRef(by: By, { ref, to }: RefMove): Promise<void> {
  const { directory } = by.repository;
  const from = await readRef(directory, ref);
  await git(directory, to ? ["update-ref", ref, to] : ["update-ref", "-d", ref]);
  await refMoved(by, { ref, from, to });
}

/** Tells what follows from a ref that has moved: the push, the pull requests that grew or lost their branch. */
export async function refMoved(by: By, move: RefMove & { from: string | undefined }): Promise<void> {
  const { repository, world } = by;
  if (move.from === move.to) return;
  repository.pushedAt = now(world);
  await announcePush(by, move);
  await announceSuite(by, move);
  const open = repository.issues
    .filter(isPullRequest)
    .filter(({ state, pull }) => state === "open" && headRefOf(pull) === move.ref);
  for (const issue of open) {
    if (move.to) {
      issue.updatedAt = now(world);
      await git(repository.directory, ["update-ref", `refs/pull/${issue.number}/head`, move.to]);
      await announceIssue(
        by,
        { issue, action: "synchronize" },
        { before: move.from ?? nothing, after: move.to },
      );
    } else {
      remember(by, issue, { event: "head_ref_deleted" });
      await closeIssue(by, issue);
    }
  }
}

async function announcePush(by: By, move: RefMove & { from: string | undefined }): Promise<void> {
  const { directory, defaultBranch } = by.repository;
  const known = move.from ?? (await readRef(directory, `refs/heads/${defaultBranch}`));
  const range = known && known !== move.to ? [`${known}..${move.to}`] : ["-1", move.to ?? ""];
  const commits = move.to ? await readCommits(directory, ["--max-count=20", "--reverse", ...range]) : [];
  const head = commits.at(-1) ?? (move.to ? await readCommit(directory, move.to) : undefined);
  const before = move.from ?? nothing;
  const after = move.to ?? nothing;
  const forced = Boolean(move.from && move.to && !(await isAncestor(directory, move.from, move.to)));
  announce(by, "push", await pushShape(by, { ref: move.ref, before, after, forced, commits, head }));
}

/** Every push makes a check suite for each App that may write checks. */
async function announceSuite(by: By, move: RefMove): Promise<void> {
  if (!move.to || !move.ref.startsWith("refs/heads/")) return;
  announce(by, "check_suite.requested", { check_suite: await suiteHookShape(by, move.to) });
}

/** A check suite as webhooks show it: with its head commit. */
export async function suiteHookShape(by: By, headSha: string) {
  const { world, repository } = by;
  const suiteId = suiteOf(by, headSha);
  const commit = await readCommit(repository.directory, headSha);
  const shape = suiteShape(world, repository, { suiteId, headSha });
  const { author, committer } = commit;
  return {
    ...shape,
    latest_check_runs_count: repository.checkRuns.filter((run) => run.suiteId === suiteId).length,
    check_runs_url: `${shape.url}/check-runs`,
    head_commit: {
      id: headSha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: committer.date,
      author: { name: author.name, email: author.email },
      committer: { name: committer.name, email: committer.email },
    },
  };
}
