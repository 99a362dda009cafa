import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { removeTree } from "../git/remove-tree.ts";
import { type Entry, Made } from "./entry.ts";

/** A result that was used this recently may be being copied just now; a copy is given up sooner than this. */
const IN_USE_MS = 15 * 60 * 1000;
/** What a killed worker left half made; a set-up itself is stopped long before. */
const LEFT_MS = 2 * 60 * 60 * 1000;

type Shelved = Entry & { usedMs: number };

/** The result that was used last among those that are good for every attempt on a repository. */
export async function newestShared(shelf: string): Promise<Entry | undefined> {
  const entries = (await entriesOn(shelf)).filter(({ made }) => made.shared);
  return entries.toSorted((a, b) => b.usedMs - a.usedMs)[0];
}

/** Removes the results that were not used for longest until the rest fits, and what killed workers left half made. */
export async function evict(
  root: string,
  { kibibytes, keep }: { kibibytes: number; keep: string },
): Promise<void> {
  const shelves = (await namesIn(root)).map((name) => join(root, name));
  for (const shelf of shelves) await sweep(shelf);
  const entries = (await Promise.all(shelves.map(entriesOn))).flat();
  const oldestFirst = entries.toSorted((a, b) => a.usedMs - b.usedMs);
  let total = entries.reduce((sum, { made }) => sum + made.kibibytes, 0);
  for (const { directory, made, usedMs } of oldestFirst) {
    if (total <= kibibytes) return;
    // What may be in use is spared, unless all together is far beyond the bound.
    if (directory === keep || (Date.now() - usedMs < IN_USE_MS && total <= 2 * kibibytes)) continue;
    await discard(directory);
    total -= made.kibibytes;
  }
}

async function sweep(shelf: string): Promise<void> {
  const left = (await namesIn(shelf)).filter((name) => name.endsWith(".new"));
  for (const name of left) {
    const found = await stat(join(shelf, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LEFT_MS) await removeTree(join(shelf, name));
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
  const names = (await namesIn(shelf)).filter((name) => !name.endsWith(".new"));
  const found = await Promise.all(names.map((name) => shelved(join(shelf, name))));
  return found.filter((entry) => entry !== undefined);
}

async function shelved(directory: string): Promise<Shelved | undefined> {
  const file = join(directory, "made.json");
  try {
    const made = Made.parse(JSON.parse(await readFile(file, "utf8")));
    return { directory, made, usedMs: (await stat(file)).mtimeMs };
  } catch {
    return undefined;
  }
}

function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
