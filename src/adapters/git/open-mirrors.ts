import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { type Base, ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Repository } from "../../domain/task/task.ts";
import { inTurns } from "../host/in-turns.ts";
import { bareRepository } from "./bare-repository.ts";
import { GitFailure, isGitTrouble } from "./git-failure.ts";
import { sweepPacks, withoutLeftLocks } from "./mirror-leftovers.ts";
import { rememberedTrees } from "./remembered-trees.ts";
import { type Remote, remoteAccess } from "./remote-access.ts";
import { removeTree } from "./remove-tree.ts";
import { askGit, runGit, succeedsInGit } from "./run-git.ts";

/** What the first fetch of a large repository may take; a stalled one is ended by `http.lowSpeedTime`. */
const fetchMs = 15 * 60 * 1000;

/** One bare repository per remote repository, with the branches that were asked for. */
export type Mirrors = {
  /** Fetches a branch or a commit. */
  fetch(repository: Repository, ref: string): Promise<Base | "missing">;
  /** The objects directory of a mirror that has the base; fetches it by its id where it is not there. */
  objects(repository: Repository, base: Base): Promise<string>;
  /** Fetches a mirror anew that lost objects which a fetch does not miss; keeps the old one if that fails. */
  renew(repository: Repository, base: Base): Promise<void>;
};

type Fetch = { gitDir: string; remote: Remote; ref: string };

/** Opens the mirrors below a directory. */
export function openMirrors(options: {
  directory: string;
  remote: (repository: Repository) => Promise<Remote>;
  retrying: (repository: Repository, why: string) => void;
}): Mirrors {
  const inTurn = inTurns<string>();
  const has = rememberedTrees();
  const gitDirOf = ({ id }: Repository) => join(options.directory, "mirrors", `${id}.git`);

  const fetchNow = async (repository: Repository, ref: string): Promise<Base | "missing"> => {
    const order = { gitDir: gitDirOf(repository), remote: await options.remote(repository), ref };
    try {
      return await fetchInto(order);
    } catch (thrown) {
      if (!existsSync(order.gitDir) || !mayBeOurFault(thrown)) throw thrown;
      options.retrying(repository, thrown.message);
      return fetchAnew(order);
    }
  };

  return {
    fetch: (repository, ref) => inTurn(String(repository.id), () => fetchNow(repository, ref)),
    objects: (repository, base) =>
      inTurn(String(repository.id), async () => {
        const gitDir = gitDirOf(repository);
        if (!(await has(gitDir, base.tree)) && (await fetchNow(repository, base.commit)) === "missing")
          throw new Failure("git", `the remote no longer has the commit ${base.commit}`);
        return join(gitDir, "objects");
      }),
    renew: (repository, base) =>
      inTurn(String(repository.id), async () => {
        const remote = await options.remote(repository);
        await fetchAnew({ gitDir: gitDirOf(repository), remote, ref: base.commit });
      }),
  };
}

/** Fetches into a mirror, which is made where there is none. */
async function fetchInto({ gitDir, remote, ref }: Fetch): Promise<Base | "missing"> {
  const source = ObjectId.safeParse(ref).success ? ref : `refs/heads/${ref}`;
  if (!(await isFetchable(source))) return "missing";
  if (!existsSync(join(gitDir, "HEAD"))) await bareRepository(gitDir, []);
  await sweepPacks(gitDir, 2 * fetchMs);
  const target = ourRef(ref);
  const argv = ["fetch", "--quiet", "--no-write-fetch-head", "--force", "--end-of-options"];
  try {
    await withoutLeftLocks(gitDir, () =>
      runGit([...argv, remote.url, `+${source}:${target}`], {
        ...remoteAccess(gitDir, remote),
        timeoutMs: fetchMs,
      }),
    );
  } catch (thrown) {
    if (isGitTrouble(thrown, "no such ref", "not served")) return "missing";
    throw thrown;
  }
  return baseAt(gitDir, { ref, target });
}

async function baseAt(gitDir: string, { ref, target }: { ref: string; target: string }): Promise<Base> {
  const input = `${target}^{commit}\n${target}^{tree}\n`;
  const found = await askGit(["cat-file", "--batch-check=%(objectname)"], { at: { gitDir }, input });
  const [commit = "", tree = ""] = found.split("\n");
  const base = { ref, commit, tree };
  if (![commit, tree].every((id) => ObjectId.safeParse(id).success))
    throw new Failure("git", `${ref} is no commit in the mirror: ${found}`);
  // A mirror that lost objects is found here, and not by the agent.
  await runGit(["rev-list", "--objects", "--no-walk", "--quiet", base.commit], { at: { gitDir } });
  return base;
}

/** A fresh mirror takes the place of one that cannot be fetched into, unless the fault was the remote's. */
async function fetchAnew(order: Fetch): Promise<Base | "missing"> {
  const fresh = `${order.gitDir}.fresh`;
  await removeTree(fresh);
  try {
    const base = await fetchInto({ ...order, gitDir: fresh });
    await removeTree(order.gitDir);
    await rename(fresh, order.gitDir);
    return base;
  } finally {
    await removeTree(fresh);
  }
}

/** A remote that does not answer is no reason to fetch everything once more. */
function mayBeOurFault(thrown: unknown): thrown is Failure {
  const isRemotes = thrown instanceof GitFailure && (thrown.timedOut || thrown.says("unreachable"));
  return thrown instanceof Failure && thrown.kind === "git" && !isRemotes;
}

/** Flat and hashed: a branch `a` that became `a/b` would otherwise be in the way of its successor. */
function ourRef(ref: string): string {
  return `refs/drafthorse/${createHash("sha256").update(ref).digest("hex").slice(0, 32)}`;
}

async function isFetchable(source: string): Promise<boolean> {
  if (!source.startsWith("refs/")) return true;
  return succeedsInGit(["check-ref-format", source], {});
}
