import type { Files } from "../../ports/github.ts";
import type { BaseFiles, Worktrees } from "../../ports/workshop.ts";
import { askGit } from "../git/run-git.ts";
import { blobInTree, findPathsInTree, listFolder, readFromTree } from "../git/tree-files.ts";

/** Files of a repository on this machine, from the objects of its branch and never from the work tree. */
export function localFiles(gitDir: string): Files {
  return {
    read: async ({ defaultBranch }, path) => {
      const commit = await branchCommit(gitDir, defaultBranch);
      const at = { gitDir, tree: `${commit}^{tree}` };
      const blob = commit && (await blobInTree(at, path));
      const text = blob ? await readFromTree(at, path) : undefined;
      return blob && text !== undefined ? { blob, text } : undefined;
    },
  };
}

/** Where the facts about a base are looked up without a mirror: this repository has its objects already. */
export function localGround(gitDir: string): {
  worktrees: Pick<Worktrees, "fetch">;
  baseFiles: BaseFiles;
} {
  return {
    worktrees: {
      fetch: async (_, ref) => {
        const commit = await branchCommit(gitDir, ref);
        if (!commit) return "missing";
        return { ref, commit, tree: await askGit(["rev-parse", `${commit}^{tree}`], { at: { gitDir } }) };
      },
    },
    baseFiles: {
      find: (_, { tree }, paths) => findPathsInTree({ gitDir, tree }, paths),
      list: (_, { tree }, folder) => listFolder({ gitDir, tree }, folder),
      read: (_, { tree }, path) => readFromTree({ gitDir, tree }, path),
    },
  };
}

/** The commit of a branch; one that is only known from the remote counts, since that is where work would start. */
async function branchCommit(gitDir: string, branch: string): Promise<string | undefined> {
  const refs = branch === "HEAD" ? ["HEAD"] : [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`];
  const found = await Promise.all(
    refs.map((ref) =>
      askGit(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`], { at: { gitDir } }).catch(() => ""),
    ),
  );
  return found.find(Boolean);
}
