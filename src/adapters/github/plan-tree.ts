import type { ChangedFile, ObjectId } from "../../domain/evidence/change.ts";

/** One path of a tree to be: `id` null deletes it; `known` says that GitHub has the object already. */
export type Leaf = { path: string; mode: string; id: ObjectId | null; bytes: number; known: boolean };

/** The largest content that is sent as text within a tree, in bytes; larger ones are blobs of their own. */
export const inlineBytes = 256 * 1024;

/** What one request for a tree carries at most, so that GitHub can answer within its 10 s. */
export const chunkBounds = { entries: 500, bytes: 4 * 1024 * 1024 };

/** A mode's object is a commit of another repository, not a content. */
export const submoduleMode = "160000";

/**
 * The leaves that turn the base tree into the changed one, in the chunks in which they are sent. What must be gone before
 * something of the same name can come (a file where a directory is to be, and the other way round) goes in chunks before.
 */
export function planTree(files: ChangedFile[], bounds = chunkBounds): Leaf[][] {
  const atBase = new Set(files.flatMap(({ before }) => before?.id ?? []));
  const leaves = files.map((file) => leafOf(file, atBase));
  const deleted = leaves.filter(({ id }) => id === null);
  const written = leaves.filter(({ id }) => id !== null);
  const inTheWay = blockersAmong(deleted, written);
  const first = deleted.filter((leaf) => inTheWay.has(leaf));
  const then = [...deleted.filter((leaf) => !inTheWay.has(leaf)), ...written];
  return [...chunksOf(first, bounds), ...chunksOf(then, bounds)];
}

function leafOf({ path, before, after }: ChangedFile, atBase: ReadonlySet<ObjectId>): Leaf {
  if (!after) return { path, mode: before?.mode ?? "100644", id: null, bytes: 0, known: true };
  const known = after.mode === submoduleMode || atBase.has(after.id);
  return { path, mode: after.mode, id: after.id, bytes: known ? 0 : after.bytes, known };
}

/** The deletions of files that lie above or below a path to be written. */
function blockersAmong(deleted: Leaf[], written: Leaf[]): Set<Leaf> {
  const files = new Set(written.map(({ path }) => path));
  const directories = new Set(written.flatMap(({ path }) => directoriesOf(path)));
  return new Set(
    deleted.filter(
      ({ path }) => directories.has(path) || directoriesOf(path).some((directory) => files.has(directory)),
    ),
  );
}

/** `a` and `a/b` for `a/b/c`. */
function directoriesOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}

function chunksOf(leaves: Leaf[], bounds: typeof chunkBounds): Leaf[][] {
  const chunks: Leaf[][] = [];
  let room = { entries: 0, bytes: 0 };
  for (const leaf of leaves) {
    const bytes = leaf.bytes <= inlineBytes ? leaf.bytes : 0;
    if (room.entries < 1 || room.bytes < bytes) {
      chunks.push([]);
      room = { ...bounds };
    }
    chunks.at(-1)?.push(leaf);
    room = { entries: room.entries - 1, bytes: room.bytes - bytes };
  }
  return chunks;
}
