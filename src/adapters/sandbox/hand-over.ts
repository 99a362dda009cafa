import { execFile } from "node:child_process";
import { chmod, chown, lstat } from "node:fs/promises";
import { promisify } from "node:util";
import type { Confined } from "../../ports/workshop.ts";
import { defaultPath } from "./launch.ts";

const execute = promisify(execFile);

/** 59,000 files take 0.4 s; a tree that takes longer than this is refused. */
const handOverMs = 60_000;

/**
 * Gives what a command may write, and the sockets that only root could connect to, to the user that it will be. A
 * tree that is that user's already is not walked: `chown -R` changes the top last, so it is whole.
 */
export async function handOver({ writable, sockets = [] }: Confined, user: number): Promise<void> {
  for (const path of writable) {
    const { uid } = await lstat(path);
    if (uid === user) continue;
    // Never through a link, and never off this file system: the tree may be what an agent left.
    await execute("chown", ["-hR", "--preserve-root", `${user}:${user}`, "--", path], {
      timeout: handOverMs,
      env: { PATH: defaultPath },
    });
  }
  for (const path of sockets) {
    const { mode, uid } = await lstat(path);
    if ((mode & 0o002) !== 0 || uid === user) continue;
    await chown(path, user, user);
    await chmod(path, 0o600);
  }
}
