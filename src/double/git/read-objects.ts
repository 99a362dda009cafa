import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "./once.ts";
import { git, gitBytes, tryGit } from "./run-git.ts";

/** The kinds of git's objects. */
export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** Who made a commit, and when. */
export type Signature = { name: string; email: string; date: string };

/** A commit as git stores it. */
export type Commit = {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
};

/** One line of a tree. */
export type TreeEntry = {
  mode: string;
  type: ObjectType;
  sha: string;
  size: number | undefined;
  path: string;
};

/** A full object id: 40 hexadecimal digits. */
export const fullSha = /^[0-9a-f]{40}$/;

/** The type of an object, or undefined if it does not exist. */
export async function objectType(directory: string, sha: string): Promise<ObjectType | undefined> {
  if (!fullSha.test(sha)) return undefined;
  return typeOf(directory, sha).catch(() => undefined);
}

const typeOf = once(
  async (directory, sha = "") => (await git(directory, ["cat-file", "-t", sha])) as ObjectType,
);

/** The commit that a branch, tag, full ref or sha names, or undefined. */
export async function resolveCommit(directory: string, name: string): Promise<string | undefined> {
  if (name.startsWith("-")) return undefined;
  const head = await readLooseRef(directory, `refs/heads/${name}`);
  if (head && (await objectType(directory, head)) === "commit") return head;
  for (const ref of [`refs/heads/${name}`, `refs/tags/${name}`, name]) {
    const sha = await tryGit(directory, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${ref}^{commit}`,
    ]);
    if (sha) return sha;
  }
  return undefined;
}

/** The object that exactly this ref (`refs/...`) points to, or undefined. */
export async function readRef(directory: string, ref: string): Promise<string | undefined> {
  return (await readLooseRef(directory, ref)) ?? tryGit(directory, ["show-ref", "--verify", "--hash", ref]);
}

/** A ref from the file that it nearly always is; only git knows those that are packed, symbolic or not there. */
async function readLooseRef(directory: string, ref: string): Promise<string | undefined> {
  if (!/^refs(?:\/[\w-]+(?:\.[\w-]+)*)+$/.test(ref) || ref.endsWith(".lock")) return undefined;
  const text = await readFile(join(directory, ref), "latin1").catch(() => "");
  return fullSha.test(text.trimEnd()) ? text.trimEnd() : undefined;
}

/** All refs below a prefix with the objects that they point to. */
export async function listRefs(directory: string, prefix: string): Promise<Map<string, string>> {
  const lines = await git(directory, ["for-each-ref", "--format=%(refname) %(objectname)", prefix]);
  return new Map(
    lines
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" ") as [string, string]),
  );
}

const fields = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x00");

/** Reads commits by the arguments of `git log`, in git's order. */
export async function readCommits(directory: string, args: readonly string[]): Promise<Commit[]> {
  const out = await git(directory, ["log", "-z", `--format=tformat:${fields}%x00%x01`, ...args, "--"]);
  return out
    .split("\x00\x01")
    .map((record) => (record.startsWith("\0") ? record.slice(1) : record))
    .filter(Boolean)
    .map(toCommit);
}

function toCommit(record: string): Commit {
  const [sha = "", tree = "", parents = "", an = "", ae = "", ad = "", cn = "", ce = "", cd = "", body = ""] =
    record.split("\x00");
  return {
    sha,
    tree,
    parents: parents.split(" ").filter(Boolean),
    author: { name: an, email: ae, date: utc(ad) },
    committer: { name: cn, email: ce, date: utc(cd) },
    message: body.replace(/\n$/, ""),
  };
}

function utc(date: string): string {
  return new Date(date).toISOString().replace(".000Z", "Z");
}

/** Reads one commit. */
export const readCommit = once(async (directory, sha = ""): Promise<Commit> => {
  const [commit] = await readCommits(directory, ["-1", sha]);
  if (!commit) throw new Error(`No commit ${sha} in ${directory}`);
  return commit;
});

/** Reads a tree's lines; with `recursive` also those of its subtrees, which are listed too, as GitHub does. */
export async function readTree(directory: string, tree: string, recursive: boolean): Promise<TreeEntry[]> {
  const depth = recursive ? ["-r", "-t"] : [];
  return fullSha.test(tree) ? listTree(directory, tree, ...depth) : listNow(directory, tree, ...depth);
}

const listTree = once(listNow);

async function listNow(directory: string, tree = "", ...depth: string[]): Promise<TreeEntry[]> {
  const out = await git(directory, ["ls-tree", "-z", "-l", "--full-tree", ...depth, tree]);
  return out
    .split("\x00")
    .filter(Boolean)
    .map((line) => {
      const [facts = "", path = ""] = split(line, "\t");
      const [mode = "", type = "", sha = "", size = "-"] = facts.split(/ +/);
      return { mode, type: type as ObjectType, sha, size: size === "-" ? undefined : Number(size), path };
    });
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}

/** The bytes of a blob. */
export async function readBlob(directory: string, sha: string): Promise<Uint8Array> {
  return gitBytes(directory, ["cat-file", "blob", sha]);
}
