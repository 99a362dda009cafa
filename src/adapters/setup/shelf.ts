import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { removeTree } from "../git/remove-tree.ts";
import { type KeptSetup, SetupRecord } from "./entry.ts";

/** What all results on this machine may take, in KiB; those that were not used for longest go first. */
const mostKibibytes = 20 * 1024 * 1024;
/** A result that nobody used for so long is of a lockfile that is gone, or of a repository that came once. */
const unusedMs = 30 * 24 * 60 * 60 * 1000;
/** A result that was used this recently may be being copied just now; a copy is given up sooner than this. */
const inUseMs = 15 * 60 * 1000;
/** What a killed worker left half made; a set-up itself is stopped long before. */
const leftMs = 2 * 60 * 60 * 1000;

type Shelved = KeptSetup & { usedMs: number };

/** The result that was used last among those that are good for every attempt on a repository. */
export async function newestShared(shelf: string): Promise<KeptSetup | undefined> {
  const entries = (await entriesOn(shelf)).filter(({ made }) => made.shared);
  return entries.toSorted((a, b) => b.usedMs - a.usedMs)[0];
}

/**
 * Removes the results that nobody used for long, of the others those that were not used for longest until the rest fits,
 * and what killed workers left half made; never what may be in use.
 */
export async function evict(root: string, kibibytes = mostKibibytes): Promise<void> {
  const shelves = (await directoryNames(root)).map((name) => join(root, name));
  for (const shelf of shelves) await removeUnfinished(shelf);
  const entries = (await Promise.all(shelves.map(entriesOn))).flat();
  const oldestFirst = entries.toSorted((a, b) => a.usedMs - b.usedMs);
  let total = entries.reduce((sum, { made }) => sum + made.kibibytes, 0);
  for (const { directory, made, usedMs } of oldestFirst) {
    const idleMs = Date.now() - usedMs;
    if (idleMs < inUseMs || (total <= kibibytes && idleMs < unusedMs)) return;
    await discard(directory);
    total -= made.kibibytes;
  }
}

async function removeUnfinished(shelf: string): Promise<void> {
  const left = (await directoryNames(shelf)).filter((name) => name.endsWith(".new"));
  for (const name of left) {
    const found = await stat(join(shelf, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > leftMs) await removeTree(join(shelf, name));
  }
}

/** Renamed first, so that nobody finds half of it. */
async function discard(directory: string): Promise<void> {
  const away = `${directory}.${randomBytes(4).toString("hex")}.new`;
  await rename(directory, away).then(
    () => removeTree(away),
    () => undefined,
  );
}

async function entriesOn(shelf: string): Promise<Shelved[]> {
  const names = (await directoryNames(shelf)).filter((name) => !name.endsWith(".new"));
  const found = await Promise.all(names.map((name) => shelved(join(shelf, name))));
  return found.filter((entry) => entry !== undefined);
}

async function shelved(directory: string): Promise<Shelved | undefined> {
  const file = join(directory, "made.json");
  try {
    const made = SetupRecord.parse(JSON.parse(await readFile(file, "utf8")));
    return { directory, made, usedMs: (await stat(file)).mtimeMs };
  } catch {
    return undefined;
  }
}

/** The names in a directory; none where there is none. */
export function directoryNames(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
