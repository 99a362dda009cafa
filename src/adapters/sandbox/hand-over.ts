import { chmod, chown, lstat } from "node:fs/promises";
import { Failure } from "../../domain/task/failure.ts";
import type { Confined } from "../../ports/workshop.ts";
import { runProgram } from "../../programs/run-program.ts";
import { defaultPath } from "./launch.ts";

/** 59,000 files take 0.4 s; a tree that takes longer than this is refused. */
const handOverMs = 60_000;
/** What `chown` may say of files that it cannot give away. */
const saidBytes = 1024 * 1024;

/**
 * Gives what a command may write, and the sockets that only root could connect to, to the user that it will be. A
 * tree that is that user's already is not walked: `chown -R` changes the top last, so it is whole.
 */
export async function handOver({ writable, sockets = [] }: Confined, user: number): Promise<void> {
  for (const path of writable) {
    const { uid } = await lstat(path);
    if (uid === user) continue;
    // Never through a link, and never off this file system: the tree may be what an agent left.
    const { problem } = await runProgram({
      ...{ file: "chown", argv: ["-hR", "--preserve-root", `${user}:${user}`, "--", path] },
      ...{ directory: "/", environment: { PATH: defaultPath } },
      ...{ timeoutMs: handOverMs, outputBytes: saidBytes },
    });
    if (problem) throw new Failure("sandbox", `${path} cannot be given to the sandbox's user: ${problem}`);
  }
  for (const path of sockets) {
    const { mode, uid } = await lstat(path);
    if ((mode & 0o002) !== 0 || uid === user) continue;
    await chown(path, user, user);
    await chmod(path, 0o600);
  }
}
