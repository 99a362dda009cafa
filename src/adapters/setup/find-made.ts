import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The names in each directory of a tree, by the directory's path below its root. */
export type Listing = Map<string, Set<string>>;

/** Beyond this many files a directory is named as a whole. */
const mostFiles = 1_000;

/** Lists a checkout that nobody has touched. */
export async function listTree(root: string, below = "", listing: Listing = new Map()): Promise<Listing> {
  const entries = await entriesBelow(root, below);
  listing.set(below, new Set(entries.map(({ name }) => name)));
  for (const entry of entries)
    if (entry.isDirectory()) await listTree(root, join(below, entry.name), listing);
  return listing;
}

/**
 * What a set-up made: the topmost paths that were not there before. Only directories that were there are entered, and
 * only while they are directories still, so neither depth nor a link leads anywhere.
 */
export async function findMade(root: string, before: Listing, below = ""): Promise<string[]> {
  const known = before.get(below) ?? new Set();
  const entries = await entriesBelow(root, below);
  const made = await Promise.all(
    entries.map(async (entry) => {
      const path = join(below, entry.name);
      if (!known.has(entry.name)) return [path];
      return entry.isDirectory() && before.has(path) ? findMade(root, before, path) : [];
    }),
  );
  return made.flat();
}

/** What a set-up does to the repository of its checkout stays there: each checkout has one of its own. */
async function entriesBelow(root: string, below: string): Promise<Dirent[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  return below === "" ? entries.filter(({ name }) => name !== ".git") : entries;
}

/**
 * The paths that must stay out of a change: each file that was made, so that one which an agent puts beside it counts;
 * of a directory of very many, such as `node_modules`, the directory.
 */
export async function pathsToExclude(root: string, made: string[]): Promise<string[]> {
  const listed = await Promise.all(made.map(async (path) => (await filesBelow(root, path)) ?? [path]));
  return listed.flat().length > mostFiles ? made : listed.flat();
}

/** The files at or below a path; nothing if they are too many, or too deep to be named. */
async function filesBelow(root: string, path: string): Promise<string[] | undefined> {
  const files: string[] = [];
  const open = [path];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entries = await directoryEntries(join(root, at));
    if (!entries) files.push(at);
    else open.push(...entries.map(({ name }) => join(at, name)));
    if (files.length + open.length > mostFiles) return undefined;
  }
  return files;
}

/** Nothing where there is no directory; a link to one is none. */
async function directoryEntries(path: string): Promise<Dirent[] | undefined> {
  try {
    return (await lstat(path)).isDirectory() ? await readdir(path, { withFileTypes: true }) : undefined;
  } catch {
    return undefined;
  }
}
