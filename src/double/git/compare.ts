import { once } from "./once.ts";
import { git, tryGit } from "./run-git.ts";

/** A changed file between two commits. */
export type FileChange = {
  path: string;
  previousPath: string | undefined;
  status: "added" | "removed" | "modified" | "renamed" | "changed";
  sha: string;
  additions: number;
  deletions: number;
  patch: string | undefined;
};

const statuses = { A: "added", D: "removed", M: "modified", R: "renamed", T: "changed" } as const;

/** The last commit that both have, or undefined for unrelated histories. */
export const mergeBase = once((directory, a = "", b = "") => tryGit(directory, ["merge-base", a, b]));

/** How many commits each side has that the other lacks. */
export const aheadBehind = once(async (directory, base = "", head = "") => {
  const out = await git(directory, ["rev-list", "--left-right", "--count", `${base}...${head}`]);
  const [behind = 0, ahead = 0] = out.split("\t").map(Number);
  return { ahead, behind };
});

/** Whether one commit is another or one of its ancestors. */
export const isAncestor = once(
  async (directory, ancestor = "", commit = "") =>
    (await tryGit(directory, ["merge-base", "--is-ancestor", ancestor, commit])) !== undefined,
);

/** The tree that merging two commits gives, or undefined if they conflict. */
export const mergedTree = once(
  async (directory, base = "", head = "") =>
    (await tryGit(directory, ["merge-tree", "--write-tree", base, head]))?.split("\n")[0],
);

/** The files that differ between two commits or trees. */
export const changedFiles = once(async (directory, from = "", to = ""): Promise<FileChange[]> => {
  const options = ["--no-ext-diff", "--no-textconv", "-M", "--raw", "-z", "--no-abbrev", "--patch"];
  const output = await git(directory, ["diff", ...options, from, to]);
  // With -z an empty record divides the raw lines from the patches.
  const end = output.indexOf("\0\0");
  const patches = readPatches(output.slice(end + 2));
  return readRaw(output.slice(0, end + 1)).map((change) => {
    // A file that became a link is one change but two patches.
    const patch = patches.splice(0, change.status === "changed" ? 2 : 1).join("\n") || undefined;
    return { ...change, patch, additions: countLines(patch, "+"), deletions: countLines(patch, "-") };
  });
});

function countLines(patch: string | undefined, sign: string): number {
  return patch?.split("\n").filter((line) => line.startsWith(sign)).length ?? 0;
}

type RawChange = Pick<FileChange, "path" | "previousPath" | "status" | "sha">;

function readRaw(raw: string): RawChange[] {
  const words = raw.split("\0");
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < words.length; ) {
    const [, , oldSha = "", newSha = "", letters = ""] = (words[at] ?? "").split(" ");
    const status = statuses[letters.charAt(0) as keyof typeof statuses] ?? "modified";
    const renamed = status === "renamed";
    const path = words[at + (renamed ? 2 : 1)] ?? "";
    changes.push({
      path,
      previousPath: renamed ? words[at + 1] : undefined,
      status,
      sha: status === "removed" ? oldSha : newSha,
    });
    at += renamed ? 3 : 2;
  }
  return changes;
}

/** GitHub's patch begins at the first hunk and is absent where there is none. */
function readPatches(patches: string): (string | undefined)[] {
  return patches
    .split(/^diff --git /m)
    .slice(1)
    .map((text) => {
      const at = text.search(/^@@ /m);
      return at < 0 ? undefined : text.slice(at).replace(/\n$/, "");
    });
}
