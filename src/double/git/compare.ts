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
export async function mergeBase(directory: string, a: string, b: string): Promise<string | undefined> {
  return tryGit(directory, ["merge-base", a, b]);
}

/** How many commits each side has that the other lacks. */
export async function aheadBehind(
  directory: string,
  base: string,
  head: string,
): Promise<{ ahead: number; behind: number }> {
  const out = await git(directory, ["rev-list", "--left-right", "--count", `${base}...${head}`]);
  const [behind = 0, ahead = 0] = out.split("\t").map(Number);
  return { ahead, behind };
}

/** Whether one commit is another or one of its ancestors. */
export async function isAncestor(directory: string, ancestor: string, commit: string): Promise<boolean> {
  return (await tryGit(directory, ["merge-base", "--is-ancestor", ancestor, commit])) !== undefined;
}

/** The tree that merging two commits gives, or undefined if they conflict. */
export async function mergedTree(directory: string, base: string, head: string): Promise<string | undefined> {
  return (await tryGit(directory, ["merge-tree", "--write-tree", base, head]))?.split("\n")[0];
}

/** The files that differ between two commits or trees. */
export async function changedFiles(directory: string, from: string, to: string): Promise<FileChange[]> {
  const diff = ["diff", "--no-ext-diff", "--no-textconv", "-M", from, to];
  const [raw, counts, patches] = await Promise.all([
    git(directory, [...diff, "--raw", "-z", "--no-abbrev"]),
    git(directory, [...diff, "--numstat", "-z"]),
    git(directory, [...diff, "--patch"]),
  ]);
  const stats = readCounts(counts);
  const texts = readPatches(patches);
  return readRaw(raw).map((change, at) => ({
    ...change,
    additions: stats[at]?.additions ?? 0,
    deletions: stats[at]?.deletions ?? 0,
    patch: texts[at],
  }));
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

function readCounts(counts: string): { additions: number; deletions: number }[] {
  return [
    ...counts.matchAll(/(?<additions>\d+|-)\t(?<deletions>\d+|-)\t(?:[^\0]+\0|\0[^\0]+\0[^\0]+\0)/g),
  ].map(({ groups }) => ({
    additions: Number(groups?.additions) || 0,
    deletions: Number(groups?.deletions) || 0,
  }));
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
