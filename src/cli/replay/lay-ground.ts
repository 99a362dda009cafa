import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askGit, runGit } from "../../adapters/git/run-git.ts";
import type { LocalRepository } from "../../adapters/local/open-repository.ts";
import type { Repository } from "../../domain/task/task.ts";
import { UsageError } from "../usage-error.ts";

/** Where a replay happens: a copy of a repository, and the patch that the agent applies where a change was named. */
export type ReplayGround = { local: LocalRepository; patch?: string };

type GroundOrder = { repository: Repository; base?: string; change?: string; directory: string };

/**
 * Copies a repository, with the delivery's default branch at the commit that the replay begins at: the one that was named,
 * else where the change left the checked out branch, else its head. Branches of agents are left out, so that the
 * task's own name is free; the repository itself is only read. Rejects with a usage error for a commit that is not there.
 */
export async function layGround(source: LocalRepository, order: GroundOrder): Promise<ReplayGround> {
  const { repository, directory } = order;
  const at = { at: { gitDir: source.gitDir } };
  const change = order.change === undefined ? undefined : await commitOf(source.gitDir, order.change);
  const base =
    order.base === undefined
      ? await askGit(change === undefined ? ["rev-parse", "HEAD"] : ["merge-base", "HEAD", change], at)
      : await commitOf(source.gitDir, order.base);
  const gitDir = join(directory, "replayed.git");
  await runGit(["clone", "--quiet", "--bare", source.gitDir, gitDir], { at: { protocol: "file" } });
  await takeBranches(gitDir, { name: repository.defaultBranch, base });
  const local = { gitDir, repository };
  return change === undefined
    ? { local }
    : { local, patch: await writePatch(source.gitDir, { base, change, directory }) };
}

async function commitOf(gitDir: string, named: string): Promise<string> {
  return askGit(["rev-parse", "--verify", "--quiet", "--end-of-options", `${named}^{commit}`], {
    at: { gitDir },
  }).catch(() => {
    throw new UsageError(`There is no commit ${named} in the repository. Fetch it, or name another one.`);
  });
}

async function takeBranches(gitDir: string, { name, base }: { name: string; base: string }): Promise<void> {
  const at = { at: { gitDir } };
  await runGit(["update-ref", `refs/heads/${name}`, base], at);
  await runGit(["symbolic-ref", "HEAD", `refs/heads/${name}`], at);
  const ours = await askGit(["for-each-ref", "--format=%(refname)", "refs/heads/agent/"], at);
  for (const ref of ours.split("\n").filter(Boolean)) await runGit(["update-ref", "-d", ref], at);
}

async function writePatch(
  gitDir: string,
  { base, change, directory }: { base: string; change: string; directory: string },
): Promise<string> {
  const made = ["diff", "--binary", "--full-index", "--no-renames", "--no-ext-diff", base, change];
  const file = join(directory, "change.patch");
  await writeFile(file, await runGit(made, { at: { gitDir } }));
  // The agent is another user where this one is root.
  await chmod(file, 0o644);
  return file;
}
