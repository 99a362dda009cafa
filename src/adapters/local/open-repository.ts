import { createHash } from "node:crypto";
import { realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import { execa } from "execa";
import { describeSystemError } from "../../domain/host/system-error.ts";
import type { Repository } from "../../domain/task/task.ts";
import { noGitPlace } from "../git/git-environment.ts";
import { askGit } from "../git/run-git.ts";

/** A repository on this machine, as the recipes know repositories, and its git dir. */
export type LocalRepository = { repository: Repository; gitDir: string };

/** Why there is no repository, in one sentence without its end. */
export type NoRepository = { problem: string };

/** Finds the git repository that a directory belongs to; without a branch its base is `HEAD`, as in many builds. */
export async function findLocalRepository(directory: string): Promise<LocalRepository | NoRepository> {
  const path = await realDirectory(directory);
  if (typeof path !== "string") return path;
  const asked = { cwd: path, reject: false, env: { ...noGitPlace, LC_ALL: "C" } };
  const found = await execa("git", ["rev-parse", "--absolute-git-dir"], asked);
  if (found.failed) return { problem: whyNone(directory, { ...found, path }) };
  const gitDir = found.stdout;
  const head = await askGit(["symbolic-ref", "--quiet", "--short", "HEAD"], { at: { gitDir } }).catch(
    () => "HEAD",
  );
  const repository = {
    id: numberForPath(gitDir),
    installationId: 1,
    owner: "local",
    name: basename(path),
    defaultBranch: head,
  };
  return { gitDir, repository };
}

/** Whether anything was ever committed. */
export async function hasCommits(gitDir: string): Promise<boolean> {
  const found = await askGit(["rev-list", "--all", "--max-count=1"], { at: { gitDir } });
  return found !== "";
}

/** Whether a repository has a branch of exactly this name. */
export async function hasBranch(gitDir: string, branch: string): Promise<boolean> {
  const found = await askGit(["for-each-ref", "--format=%(refname)", `refs/heads/${branch}`], {
    at: { gitDir },
  });
  return found.split("\n").includes(`refs/heads/${branch}`);
}

async function realDirectory(directory: string): Promise<string | NoRepository> {
  try {
    const path = await realpath(directory);
    return (await stat(path)).isDirectory() ? path : { problem: `${directory} is no directory` };
  } catch (error) {
    return { problem: describeSystemError(error, directory) ?? String(error) };
  }
}

function whyNone(
  directory: string,
  { path, code, stderr }: { path: string; code?: string | undefined; stderr?: string },
): string {
  if (code === "ENOENT") return "git is not installed: install it by your package manager";
  if (code === "EACCES") return `${directory} may not be opened by this user`;
  // Git has no code for this: the owner is somebody else, as in many containers.
  if (stderr?.includes("dubious ownership"))
    return `${directory} belongs to somebody else, so git does not trust it: run \`git config --global --add safe.directory ${path}\``;
  return `${directory} is not in a git repository`;
}

/** GitHub numbers repositories; here the path makes a number of its own, the same in every run. */
function numberForPath(path: string): number {
  return createHash("sha256").update(path).digest().readUIntBE(0, 6) + 1;
}
