import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../../ports.ts";
import { directoryNames, evict } from "./shelf.ts";

/** A baseline is believed for a day (see `measure-baseline.ts`); a clock may be wrong by some hours. */
const baselineMs = 30 * 60 * 60 * 1000;
/** What all baselines may take, in bytes: some thousands of the usual size. */
const mostBaselineBytes = 256 * 1024 * 1024;

/** What is kept for the attempts to come, where the bounds are not the usual ones. */
export type TidyOrder = { log: Log; baselineBytes?: number; setupKibibytes?: number };

/**
 * Trims what is kept below the data directory only to save time: baselines and results of set-ups, by age and by size, what
 * was not used for longest first. Never rejects: a disk that cannot be tidied is told of, and work goes on.
 */
export async function tidyKept(directory: string, order: TidyOrder): Promise<void> {
  const { log, baselineBytes = mostBaselineBytes, setupKibibytes } = order;
  try {
    await evict(join(directory, "setups"), setupKibibytes);
    await tidyBaselines(join(directory, "artefacts"), baselineBytes);
  } catch (error) {
    log.warn({ err: error }, "what is kept for later attempts could not be tidied");
  }
}

async function tidyBaselines(artefacts: string, most: number): Promise<void> {
  const shelves = (await directoryNames(artefacts)).filter((name) => name.startsWith("baselines-"));
  const files = (await Promise.all(shelves.map((name) => keptFiles(join(artefacts, name))))).flat();
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, writtenMs } of files.toSorted((a, b) => a.writtenMs - b.writtenMs)) {
    if (total <= most && Date.now() - writtenMs < baselineMs) return;
    // Who reads it just now has it open; who comes later measures anew.
    await rm(path, { force: true });
    total -= bytes;
  }
}

type KeptResult = { path: string; bytes: number; writtenMs: number };

async function keptFiles(directory: string): Promise<KeptResult[]> {
  const found = await Promise.all(
    (await directoryNames(directory)).map((name) => keptFile(join(directory, name))),
  );
  return found.filter((file) => file !== undefined);
}

async function keptFile(path: string): Promise<KeptResult | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, bytes: found.size, writtenMs: found.mtimeMs } : undefined;
}
