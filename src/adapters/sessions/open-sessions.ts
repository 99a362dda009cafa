import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sessionEnds } from "../../domain/host/session.ts";
import type { Sessions } from "../../ports/sign-in.ts";
import type { Locks } from "../../ports/store.ts";
import type { Clock } from "../../ports.ts";
import { makeOnce } from "../host/make-once.ts";
import { type SessionFile, SessionFiles, unlessThere } from "./session-files.ts";

/**
 * Sessions as files, so that a restart signs nobody out and the web processes of one data directory share them. A file's
 * name is a digest of the browser's secret and its content is encrypted with it: whoever reads the directory reads no token.
 * When it was last seen is the file's own time, which can be noted without bringing an ended session back.
 */
export async function openSessions(
  directory: string,
  { clock, locks }: { clock: Clock; locks: Locks },
): Promise<Sessions> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const keyPath = join(directory, "key");
  await makeOnce(keyPath, randomBytes(32));
  const files = new SessionFiles({ directory, server: await readFile(keyPath), clock });
  const alone = <T>({ path }: SessionFile, act: () => Promise<T>): Promise<T> =>
    locks.exclusively(`session/${path}`, act);
  return {
    sign: (purpose, text) => files.sign(purpose, text),
    async begin(session) {
      await forgetEnded(directory, clock);
      return files.begin(session);
    },
    async read(secret) {
      const file = files.of(secret);
      const session = file && (await files.read(file));
      const seen = file && (await stat(file.path).catch(unlessThere));
      return session && seen && { session, seenAt: seen.mtime };
    },
    async see(secret) {
      const file = files.of(secret);
      if (file) await files.note(file);
    },
    async change(secret, change) {
      const file = files.of(secret);
      if (!file) return undefined;
      return alone(file, async () => {
        const session = await files.read(file);
        const changed = session && (await change(session));
        if (changed && changed !== session) await files.write(file, changed);
        if (!changed) await rm(file.path, { force: true });
        return changed;
      });
    },
    async end(secret) {
      const file = files.of(secret);
      if (file) await alone(file, () => rm(file.path, { force: true }));
    },
  };
}

/** Sessions that are over are forgotten whenever somebody signs in. */
async function forgetEnded(directory: string, clock: Clock): Promise<void> {
  const oldest = clock.now().getTime() - sessionEnds.idleMs;
  for (const name of await readdir(directory)) {
    if (!name.endsWith(".session")) continue;
    const found = await stat(join(directory, name)).catch(unlessThere);
    if (found && found.mtime.getTime() < oldest) await rm(join(directory, name), { force: true });
  }
}
