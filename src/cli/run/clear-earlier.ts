import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** The names of what a run leaves for people (see keep-files.ts). */
const ours =
  /^(?:evidence\.json|(?:validation|baseline|base-tests)(?:-again)?\.log|(?:proof-of-test|covered|(?:assertions|elsewhere)-\d+)\.log|questions\.json|change\.pack|(?:status|body)\.md|history\.jsonl)$/;

/**
 * Takes an earlier run's files out of a directory for results: beside those of a run that ended sooner they would pass for its
 * own. A directory without a history was never ours, and is left as it is.
 */
export async function clearEarlier(out: string): Promise<void> {
  const names = await readdir(out);
  if (!names.includes("history.jsonl")) return;
  // The history goes last, so that a run that was interrupted here is cleared by the next one.
  const found = names.filter((name) => ours.test(name) && name !== "history.jsonl");
  for (const name of [...found, "history.jsonl"]) await rm(join(out, name), { force: true });
}
