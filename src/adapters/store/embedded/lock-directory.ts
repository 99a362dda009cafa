import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Failure } from "../../../domain/task/failure.ts";
import { parseJson } from "../../../domain/text/parse-json.ts";
import { errorCode } from "../error-code.ts";
import { isAlive, ProcessIdentity, thisProcess } from "./process-identity.ts";

/** How often a holder touches its lock, in milliseconds. */
const touchMs = 1_000;

/** How long a lock must lie untouched until its holder, whom we cannot see, counts as dead: ten touches. */
const untouchedMs = 10 * touchMs;

/** How long a lock must stay ours until we believe it, in milliseconds: see `moveAway`. */
const settledMs = 50;

/**
 * Takes a directory for this process alone; resolves to what gives it back. The lock of a process that died is taken
 * over, at once where we can see that it died and after some seconds where it ran in another container.
 */
export async function lockDirectory(
  directory: string,
  bounds = { untouchedMs },
): Promise<() => Promise<void>> {
  const file = join(directory, "lock");
  const text = JSON.stringify({ ...thisProcess(), nonce: randomUUID() });
  while (!(await tookLock(file, text))) {
    if (await isHeld(file, bounds)) throw inUse(directory);
  }
  const touching = setInterval(() => void touch(file), touchMs).unref();
  return async () => {
    clearInterval(touching);
    await rm(file, { force: true });
  };
}

async function tookLock(file: string, text: string): Promise<boolean> {
  if (!(await wasCreated(file, text))) return false;
  await setTimeout(settledMs);
  return (await readFile(file, "utf8").catch(() => undefined)) === text;
}

/** A link appears whole or not at all, so that nobody reads half of a lock. */
async function wasCreated(file: string, text: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, text);
  try {
    await link(own, file);
    return true;
  } catch (thrown) {
    if (errorCode(thrown) === "EEXIST") return false;
    throw thrown;
  } finally {
    await rm(own, { force: true });
  }
}

/** Whether a living process holds the lock; that of a dead one is removed. */
async function isHeld(file: string, bounds: { untouchedMs: number }): Promise<boolean> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const owner = ProcessIdentity.safeParse(parseJson(text));
  const alive = owner.success ? isAlive(owner.data) : undefined;
  if (alive ?? (await isTouched(file, bounds))) return true;
  await moveAway(file, text);
  return false;
}

function inUse(directory: string): Failure {
  return new Failure(
    "storage",
    `${directory} is in use by another process: the embedded database serves one at a time. ` +
      "Repair: stop that process, or set REDIS_URL or DATABASE_URL so that several can work together.",
  );
}

/**
 * Of several who find the same stale lock one moves it away. Who comes late moves the winner's away, sees it by the
 * text and puts it back; that a third may have come in between is why a lock is believed only after a moment.
 */
async function moveAway(file: string, stale: string): Promise<void> {
  const away = `${file}.${randomUUID()}`;
  try {
    await rename(file, away);
  } catch (thrown) {
    if (errorCode(thrown) === "ENOENT") return;
    throw thrown;
  }
  if ((await readFile(away, "utf8")) !== stale) await link(away, file).catch(() => undefined);
  await rm(away, { force: true });
}

async function isTouched(file: string, bounds: { untouchedMs: number }): Promise<boolean> {
  const before = await stat(file);
  await setTimeout(bounds.untouchedMs);
  const after = await stat(file).catch(() => undefined);
  return after?.mtimeMs !== before.mtimeMs;
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}
