import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { basename } from "node:path";
import { execa } from "execa";
import { Failure } from "../../domain/failure.ts";
import type { Repository } from "../../domain/task.ts";
import { askGit } from "../git/run-git.ts";

/** A repository on this machine, as the recipes know repositories, and its git dir. */
export type LocalRepository = { repository: Repository; gitDir: string };

/** Finds the git repository that a directory belongs to; its checked-out branch is what work starts from. */
export async function openRepository(directory: string): Promise<LocalRepository> {
  const found = await findRepository(directory);
  if (!found) throw new Failure("git", `${directory} is not in a git repository. Name one by --repo.`);
  if (found.repository.defaultBranch === "HEAD")
    throw new Failure("git", "No branch is checked out. Check one out, or name it in the brief.");
  return found;
}

/** The same, or undefined where there is no repository; without a branch the base is `HEAD`, as in many builds. */
export async function findRepository(directory: string): Promise<LocalRepository | undefined> {
  const path = await realpath(directory);
  const found = await execa("git", ["rev-parse", "--absolute-git-dir"], { cwd: path, reject: false });
  if (found.failed) return undefined;
  const gitDir = found.stdout;
  const head = await askGit(["symbolic-ref", "--quiet", "--short", "HEAD"], { at: { gitDir } }).catch(
    () => "HEAD",
  );
  const repository = {
    id: idOf(gitDir),
    installationId: 1,
    owner: "local",
    name: basename(path),
    defaultBranch: head,
  };
  return { gitDir, repository };
}

/** GitHub numbers repositories; here the path makes a number of its own, the same in every run. */
function idOf(path: string): number {
  return createHash("sha256").update(path).digest().readUIntBE(0, 6) + 1;
}
