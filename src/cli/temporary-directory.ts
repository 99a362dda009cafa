import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { orUsageError } from "./usage-error.ts";

/** Makes a directory of this command's own; the caller removes it. */
export function temporaryDirectory(command: string): Promise<string> {
  const repair = "Set TMPDIR to a directory that this user may write.";
  return orUsageError(mkdtemp(join(tmpdir(), `drafthorse-${command}-`)), { path: tmpdir(), repair });
}
