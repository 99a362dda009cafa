import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Base, Submodule } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Repository } from "../../domain/task/task.ts";
import { inTurns } from "../host/in-turns.ts";
import { bareRepository } from "./bare-repository.ts";
import { isGitTrouble } from "./git-failure.ts";
import { judgeSubmodule, type SubmoduleRules } from "./judge-submodule.ts";
import { withoutLeftLocks } from "./mirror-leftovers.ts";
import { type PlacedSubmodule, submodulesIn } from "./place-submodules.ts";
import { type Gitlink, readGitmodules } from "./read-gitmodules.ts";
import { explainFetch, surveySubmodule } from "./refuse-submodule.ts";
import { type Remote, remoteAccess } from "./remote-access.ts";
import { runGit } from "./run-git.ts";
import type { TreeAt } from "./tree-files.ts";

/** What the fetch of one submodule may take, and of all, in milliseconds. */
const fetchMs = 5 * 60_000;
const allMs = 15 * 60_000;
/** How deep submodules of submodules are followed, and how many there may be in all. */
const deepest = 3;
const most = 50;
/** What one pack, and all files, may have in bytes. */
const packBytes = 1024 * 1024 * 1024;
const allBytes = 1024 * 1024 * 1024;

/** How another address than the repository's own is reached; a token is never part of it. */
export type SubmoduleAccess = {
  hosts: string[];
  reach: (url: string) => Pick<Remote, "proxy" | "authorities">;
};

/** The submodules of bases, each kept in a bare repository of its own beside the mirror. */
export type Submodules = {
  /** Fetches the submodules of a base, and those inside them; whatever cannot be fetched says why. */
  fetch(repository: Repository, order: { at: TreeAt; from: Remote }): Promise<Submodule[]>;
  /** Those of a base that a tree has; fetches by its id what is not there. */
  within(repository: Repository, order: { at: TreeAt; base: Base }): Promise<PlacedSubmodule[]>;
};

/** Opens the submodules below a directory. No repository sees what another one fetched. */
export function openSubmodules(directory: string, access: SubmoduleAccess): Submodules {
  const inTurn = inTurns<string>();
  const gitDirOf = ({ id }: Repository, url: string) =>
    join(
      directory,
      "mirrors",
      `${id}.submodules`,
      `${createHash("sha256").update(url).digest("hex").slice(0, 32)}.git`,
    );
  const ensure = (repository: Repository, { url, commit }: { url: string; commit: string }) =>
    inTurn(`${repository.id} ${url}`, async () => {
      const gitDir = gitDirOf(repository, url);
      if (!(await isThere(gitDir, commit))) await fetchCommit({ gitDir, url, commit, ...access.reach(url) });
      return gitDir;
    });
  return {
    fetch: (repository, { at, from }) =>
      fetchAll(at, {
        rules: { from: from.local ? from.origin : from.url, hosts: access.hosts },
        ensure: (wanted) => ensure(repository, wanted),
      }),
    within: async (repository, { at, base }) => {
      const placed: PlacedSubmodule[] = [];
      for (const { path, commit, url } of await submodulesIn(at, base)) {
        if (url === null) throw new Failure("bug", `the submodule ${path} has no address`);
        placed.push({ path, commit, objects: join(await ensure(repository, { url, commit }), "objects") });
      }
      return placed;
    },
  };
}

type Ensure = (wanted: { url: string; commit: string }) => Promise<string>;

/** A tree whose submodules are still to be fetched: below which path, how deep, and by which rules. */
type SubmoduleLevel = { at: TreeAt; below: string; depth: number; rules: SubmoduleRules };

async function fetchAll(
  root: TreeAt,
  { rules, ensure }: { rules: SubmoduleRules; ensure: Ensure },
): Promise<Submodule[]> {
  const found: Submodule[] = [];
  const levels: SubmoduleLevel[] = [{ at: root, below: "", depth: 1, rules }];
  const left = { until: Date.now() + allMs, bytes: allBytes };
  for (let level = levels.shift(); level && found.length < most; level = levels.shift()) {
    const links = (await readGitmodules(level.at)).slice(0, most - found.length);
    for (const link of links) {
      const { submodule, next } = await fetchOne(link, level, { ensure, left });
      found.push(submodule);
      levels.push(...next);
    }
  }
  return found;
}

type Fetched = { submodule: Submodule; next: SubmoduleLevel[] };
type LeftToFetch = { until: number; bytes: number };

async function fetchOne(
  link: Gitlink,
  { below, depth, rules }: SubmoduleLevel,
  { ensure, left }: { ensure: Ensure; left: LeftToFetch },
): Promise<Fetched> {
  const path = `${below}${link.path}`;
  const { commit } = link;
  const lacking = (url: string | null, missing: string) => ({
    submodule: { path, commit, url, missing },
    next: [],
  });
  const judged = judgeSubmodule(link, rules);
  if ("refused" in judged) return lacking(null, judged.refused);
  const { url } = judged;
  if (depth > deepest || Date.now() > left.until) return lacking(url, beyond);
  try {
    const gitDir = await ensure({ url, commit });
    const { bytes, missing } = await surveySubmodule({ gitDir, tree: commit }, left.bytes);
    if (missing) return lacking(url, missing);
    left.bytes -= bytes;
    const at = { gitDir, tree: commit };
    const inside = { at, below: `${path}/`, depth: depth + 1, rules: { ...rules, from: url } };
    return { submodule: { path, commit, url }, next: [inside] };
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind !== "git") throw thrown;
    return lacking(url, explainFetch(thrown.message, { url, commit }));
  }
}

const beyond = `submodules are fetched down to ${deepest} levels and for ${allMs / 60_000} minutes. Keep what the command needs in this repository.`;

type FetchCommitOrder = { gitDir: string; commit: string } & Remote;

/** The commit alone where the server gives it by its id, else all branches and tags. */
async function fetchCommit({ gitDir, commit, ...remote }: FetchCommitOrder): Promise<void> {
  if (!existsSync(join(gitDir, "HEAD"))) await bareRepository(gitDir, []);
  const call = { ...remoteAccess(gitDir, remote), timeoutMs: fetchMs, fileBytes: packBytes };
  const fetch = (how: string[], ...refs: string[]) =>
    withoutLeftLocks(gitDir, () =>
      runGit(
        [
          "fetch",
          "--quiet",
          "--no-write-fetch-head",
          "--no-tags",
          "--force",
          ...how,
          "--end-of-options",
          remote.url,
          ...refs,
        ],
        call,
      ),
    );
  try {
    await fetch(["--depth=1"], `+${commit}:refs/drafthorse/${commit}`);
  } catch (thrown) {
    if (!isGitTrouble(thrown, "not served")) throw thrown;
    const how = existsSync(join(gitDir, "shallow")) ? ["--unshallow"] : [];
    await fetch(how, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");
    await runGit(["update-ref", `refs/drafthorse/${commit}`, commit], { at: { gitDir } });
  }
  await runGit(["rev-list", "--objects", "--no-walk", "--quiet", commit], { at: { gitDir } });
}

/** The ref is written when the commit is whole. */
async function isThere(gitDir: string, commit: string): Promise<boolean> {
  if (!existsSync(join(gitDir, "HEAD"))) return false;
  try {
    await runGit(["rev-parse", "--verify", "--quiet", `refs/drafthorse/${commit}^{tree}`], {
      at: { gitDir },
    });
    return true;
  } catch {
    return false;
  }
}
