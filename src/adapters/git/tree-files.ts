import { isUtf8 } from "node:buffer";
import { runGit } from "./run-git.ts";
import { splitRecords } from "./split-records.ts";

/** A text beyond this is no manifest that anybody wrote, in bytes. */
const textBytes = 1024 * 1024;

/** A tree in a repository, read from objects alone. */
export type TreeAt = { gitDir: string; tree: string };

/** Those of the paths at which a tree has a file or a folder. */
export async function findPathsInTree(at: TreeAt, paths: string[]): Promise<Set<string>> {
  const entries = await entriesAt(at, paths.map(withoutOuterSlashes));
  const found = new Set(entries.map(({ path }) => path));
  return new Set(
    paths.filter((path) => withoutOuterSlashes(path) === "" || found.has(withoutOuterSlashes(path))),
  );
}

/** The paths of the files in a folder of a tree, none of those below it. */
export async function listFolder({ gitDir, tree }: TreeAt, folder: string): Promise<string[]> {
  const entries = await entriesAt({ gitDir, tree }, [withoutOuterSlashes(folder)], "/");
  return entries.filter(({ type }) => type === "blob").map(({ path }) => path);
}

/** The text of a file of a tree; undefined where there is none, a link, or one that is no short text. */
export async function readFromTree(at: TreeAt, path: string): Promise<string | undefined> {
  const [entry] = await entriesAt(at, [withoutOuterSlashes(path)]);
  if (entry?.type !== "blob" || entry.mode === "120000" || entry.bytes > textBytes) return undefined;
  const bytes = await runGit(["cat-file", "blob", entry.id], { at: { gitDir: at.gitDir } });
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}

/** The object id of a file of a tree. */
export async function blobInTree(at: TreeAt, path: string): Promise<string | undefined> {
  const [entry] = await entriesAt(at, [withoutOuterSlashes(path)]);
  return entry?.type === "blob" ? entry.id : undefined;
}

/** The files of a tree whose paths are wanted, with their object ids. */
export async function listFiles(
  { gitDir, tree }: TreeAt,
  isWanted: (path: string) => boolean,
): Promise<{ path: string; id: string }[]> {
  const listed = await runGit(["ls-tree", "-r", "-z", "--full-tree", tree], { at: { gitDir } });
  return splitRecords(listed).flatMap((record) => {
    const [facts = "", path = ""] = record.toString("utf8").split(/\t(.*)/s);
    return isWanted(path) ? [{ path, id: facts.split(" ")[2] ?? "" }] : [];
  });
}

type TreeEntry = { mode: string; type: string; id: string; bytes: number; path: string };

/** What is at the paths; with a slash at their ends, what is in them. */
async function entriesAt(
  { gitDir, tree }: TreeAt,
  paths: string[],
  end: "" | "/" = "",
): Promise<TreeEntry[]> {
  const asked = paths.filter((path) => path !== "" && !path.includes("\0")).map((path) => `${path}${end}`);
  if (asked.length === 0) return [];
  const listed = await runGit(["ls-tree", "-z", "-l", "--full-tree", tree, "--", ...asked], {
    at: { gitDir },
  });
  return splitRecords(listed).map((record) => {
    const [facts = "", path = ""] = record.toString("utf8").split(/\t(.*)/s);
    const [mode = "", type = "", id = "", bytes = ""] = facts.split(/\s+/);
    return { mode, type, id, bytes: Number(bytes), path };
  });
}

/** With a slash at its end a path would mean what is in the folder. */
function withoutOuterSlashes(path: string): string {
  return path
    .replace(/^(?:\.?\/)+/, "")
    .replace(/\/+$/, "")
    .replace(/^\.$/, "");
}
