import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isGitTrouble } from "./git-failure.ts";

/** Runs a fetch, once more without the locks that a killed process left: nobody else here has its turn now. */
export async function withoutLeftLocks<T>(gitDir: string, fetch: () => Promise<T>): Promise<T> {
  try {
    return await fetch();
  } catch (thrown) {
    if (!isGitTrouble(thrown, "locked")) throw thrown;
    const files = await readdir(gitDir, { recursive: true });
    const locks = files.filter((file) => file.endsWith(".lock"));
    await Promise.all(locks.map((lock) => rm(join(gitDir, lock), { force: true })));
    return fetch();
  }
}

/** Removes the half packs of killed fetches; younger ones may be another process's. */
export async function sweepPacks(gitDir: string, olderThanMs: number): Promise<void> {
  const directory = join(gitDir, "objects/pack");
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((file) => file.startsWith("tmp_"))) {
    const found = await stat(join(directory, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > olderThanMs) await rm(join(directory, name), { force: true });
  }
}
