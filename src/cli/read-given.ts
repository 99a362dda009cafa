import { isUtf8 } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { orUsageError, UsageError } from "./usage-error.ts";

/** More than this is neither a brief nor evidence, in bytes. */
const largest = 64 * 1024 * 1024;

/** Reads a text that somebody named; `wanted` says what it should be. Rejects with a usage error. */
export async function readGiven(path: string, wanted: string): Promise<Buffer> {
  const repair = `Name ${wanted}.`;
  const found = await orUsageError(stat(path), { path, repair });
  if (found.isDirectory()) throw new UsageError(`${path} is a directory. ${repair}`);
  if (!found.isFile() && !found.isFIFO()) throw new UsageError(`${path} is no file. ${repair}`);
  if (found.size > largest) throw new UsageError(`${path} has more than 64 MiB. ${repair}`);
  const bytes = await orUsageError(readFile(path), { path, repair });
  if (!isUtf8(bytes) || bytes.includes(0)) throw new UsageError(`${path} is no text in UTF-8. ${repair}`);
  return bytes;
}
