import { constants } from "node:fs";
import { access, mkdtemp, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { describeSystemError } from "../../domain/host/system-error.ts";
import type { DataExam } from "../../ports/doctor.ts";

/** The numbers that Linux gives file systems that lie in memory: tmpfs and ramfs (statfs(2)). */
const inMemory = new Set([0x01021994, 0x858458f6]);

/** Looks at a directory that need not be there yet; nothing stays behind. */
export async function examineData(path: string): Promise<DataExam> {
  const directory = resolve(path);
  const place = await nearestDirectory(directory);
  const blocked = await blockedAt(place, { isThere: place === directory });
  const { bavail, bsize, type } = await statfs(place);
  return { directory, blocked, freeBytes: bavail * bsize, isInMemory: inMemory.has(type) };
}

/** The directory, or the nearest one above it that is there. */
async function nearestDirectory(directory: string): Promise<string> {
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  );
  return isThere || directory === dirname(directory) ? directory : nearestDirectory(dirname(directory));
}

/** A quota or a full disk shows only when something is written. */
async function blockedAt(place: string, { isThere }: { isThere: boolean }): Promise<string | undefined> {
  try {
    if (!(await stat(place)).isDirectory()) return `${place} is no directory`;
    await access(place, constants.W_OK | constants.X_OK);
    if (isThere) await rm(await mkdtemp(join(place, ".doctor-")), { recursive: true });
    return undefined;
  } catch (error) {
    return describeSystemError(error, place) ?? String(error);
  }
}
