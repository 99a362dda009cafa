import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a directory of the test's own, and the function that removes it. */
export async function temporaryDirectory(): Promise<{ directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "drafthorse-"));
  return { directory, remove: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }) };
}
