import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What one first start left, for all tests of this build: every build begins with an empty `dist`. */
const built = join(import.meta.dirname, "../..");
const template = join(built, "store-of-a-first-start");

/**
 * Gives a data directory the store that a first start would make in it. Making one costs 4 s of a processor and leaves
 * a process that is so large that each of its children starts slowly; copying one costs 0.1 s.
 */
export async function foundStore(dataDir: string): Promise<void> {
  if (!existsSync(template)) await makeTemplate();
  await mkdir(dataDir, { recursive: true });
  await execute("cp", ["-R", template, join(dataDir, "store")]);
}

/** Of several who make it at once the first one's is kept. */
async function makeTemplate(): Promise<void> {
  const made = await mkdtemp(`${template}-`);
  await execute(process.execPath, [join(import.meta.dirname, "new-store.js"), made]);
  await rename(made, template).catch(() => rm(made, { recursive: true }));
}
