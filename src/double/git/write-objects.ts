import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTree, type Signature } from "./read-objects.ts";
import { git } from "./run-git.ts";

/** A change to one path of a tree; without a sha and content the path is deleted. */
export type TreeChange = { path: string; mode: string; sha: string | null; content?: Uint8Array | undefined };

/** A change names an object or a path that is not there. */
export class BadTreeChange extends Error {}

/** Writes a blob and returns its id. */
export async function writeBlob(directory: string, content: Uint8Array): Promise<string> {
  return git(directory, ["hash-object", "-w", "-t", "blob", "--stdin"], { input: content });
}

/** Writes the tree that results from a base tree and changes, and returns its id. */
export async function writeTree(
  directory: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "double-tree-"));
  try {
    const env = { GIT_INDEX_FILE: join(scratch, "index") };
    if (base) await git(directory, ["read-tree", base], { env });
    const named = await withBlobs(directory, scratch, changes);
    const takesAway = named.some(({ sha, mode }) => sha === null || mode === "040000");
    const present = takesAway ? await git(directory, ["ls-files", "-z"], { env }) : "";
    const lines = await indexLines(directory, present.split("\0").filter(Boolean), named);
    await git(directory, ["update-index", "-z", "--replace", "--index-info"], { env, input: lines.join("") });
    return await git(directory, ["write-tree"], { env });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Inline contents become blobs by one git process, however many they are. */
async function withBlobs(
  directory: string,
  scratch: string,
  changes: readonly TreeChange[],
): Promise<TreeChange[]> {
  const files = new Map<TreeChange, string>();
  for (const change of changes) if (change.content) files.set(change, join(scratch, `blob-${files.size}`));
  await Promise.all([...files].map(([change, file]) => writeFile(file, change.content ?? "")));
  if (files.size === 0) return [...changes];
  const shas = (
    await git(directory, ["hash-object", "-w", "--no-filters", "--stdin-paths"], {
      input: `${[...files.values()].join("\n")}\n`,
    })
  ).split("\n");
  const named = new Map([...files.keys()].map((change, at) => [change, shas[at] ?? null]));
  return changes.map((change) => ({ ...change, sha: named.get(change) ?? change.sha }));
}

async function indexLines(
  directory: string,
  present: readonly string[],
  changes: readonly TreeChange[],
): Promise<string[]> {
  const lines: string[] = [];
  for (const { path, mode, sha } of changes) {
    const covered = present.filter((file) => file === path || file.startsWith(`${path}/`));
    if (sha === null && covered.length === 0) throw new BadTreeChange("GitRPC::BadObjectState");
    lines.push(...covered.map((file) => `0 ${"0".repeat(40)}\t${file}\0`));
    if (sha !== null && mode !== "040000") lines.push(`${mode} ${sha}\t${path}\0`);
    if (sha !== null && mode === "040000") lines.push(...(await subtreeLines(directory, path, sha)));
  }
  return lines;
}

async function subtreeLines(directory: string, path: string, tree: string): Promise<string[]> {
  const entries = await readTree(directory, tree, true);
  return entries
    .filter((entry) => entry.type !== "tree")
    .map((entry) => `${entry.mode} ${entry.sha}\t${path}/${entry.path}\0`);
}

/** What a new commit is made of. */
export type NewCommit = {
  tree: string;
  parents: readonly string[];
  message: string;
  author: Signature;
  committer: Signature;
};

/** Writes a commit object and returns its id; no ref is touched. */
export async function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  return git(directory, ["commit-tree", commit.tree, ...parents], {
    input: commit.message,
    env: {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: commit.author.date,
      GIT_COMMITTER_NAME: commit.committer.name,
      GIT_COMMITTER_EMAIL: commit.committer.email,
      GIT_COMMITTER_DATE: commit.committer.date,
    },
  });
}
