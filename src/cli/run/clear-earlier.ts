import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { historyFile, isResultFile } from "./result-files.ts";

/**
 * Takes an earlier run's files out of a directory for results: beside those of a run that ended sooner they would pass for its
 * own. A directory without a history was never ours, and is left as it is.
 */
export async function clearEarlier(out: string): Promise<void> {
  const names = await readdir(out);
  if (!names.includes(historyFile)) return;
  // The history goes last, so that a run that was interrupted here is cleared by the next one.
  for (const name of [...names.filter(isResultFile), historyFile]) await rm(join(out, name), { force: true });
}
