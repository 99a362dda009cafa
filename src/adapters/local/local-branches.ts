import type { ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import { parseTrailers } from "../../domain/task/trailers.ts";
import type { Branches, Head } from "../../ports/branches.ts";
import type { Artefacts } from "../../ports/store.ts";
import { askGit, runGit } from "../git/run-git.ts";

/** What git compares a branch with that must not exist yet. */
const nothing = "0".repeat(40);

/** Who the commits of `drafthorse run` are by; the person who merges them signs with their own name. */
const author = ["-c", "user.name=Drafthorse", "-c", "user.email=drafthorse@localhost"];

/** Branches of a repository on this machine: the change's pack is taken in, and one branch is made or moved. */
export function localBranches(gitDir: string, artefacts: Pick<Artefacts, "read">): Branches {
  const at = { at: { gitDir } };
  return {
    head: (_, branch) => branchHead(gitDir, branch),
    commit: async (_, { change, parent, message }) => {
      const pack = await artefacts.read(change.pack);
      if (!pack) throw new Failure("storage", `The artefact ${change.pack} is gone.`);
      await runGit(["index-pack", "--stdin", "--fix-thin", "--strict"], { ...at, input: pack });
      const made = [...author, "commit-tree", change.tree, "-p", parent];
      const commit = await askGit(made, { ...at, input: message });
      return { commit, tree: await presentTree(gitDir, commit), verified: false };
    },
    point: async (_, { branch, commit, from }) => {
      if (!branch.startsWith("agent/")) throw new Failure("bug", `${branch} is not below agent/`);
      const head = await branchHead(gitDir, branch);
      if (head?.commit === commit) return "done";
      if ((head?.commit ?? null) !== from) return "moved";
      await runGit(["update-ref", `refs/heads/${branch}`, commit, from ?? nothing], at);
      return "done";
    },
    // Nobody closes a pull request on one's own machine, and the branch is what a run is for.
    pulled: async () => "too many",
    remove: async () => "moved",
    agentCommits: async () => [],
  };
}

async function branchHead(gitDir: string, branch: string): Promise<Head | undefined> {
  const ref = `refs/heads/${branch}`;
  const found = await askGit(["for-each-ref", "--format=%(objectname)", ref], { at: { gitDir } });
  if (!found) return undefined;
  const message = await askGit(["log", "-1", "--format=%B", found], { at: { gitDir } });
  return {
    commit: found,
    tree: await presentTree(gitDir, found),
    verified: false,
    ours: parseTrailers(message),
  };
}

async function presentTree(gitDir: string, commit: ObjectId): Promise<ObjectId> {
  return askGit(["rev-parse", `${commit}^{tree}`], { at: { gitDir } });
}
