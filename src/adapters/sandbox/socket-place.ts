import { chmod, mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownMark } from "./worker-mark.ts";

/** The longest path of a socket that Linux takes is 107 bytes. */
const longestPath = 100;

/** The beginning of the names of places in the system's temporary directory, with the mark of the worker behind it. */
export const proxyPrefix = "drafthorse-proxy-";

/** A directory that nobody else can enter, with one socket in it; both go when it is removed. */
export type SocketPlace = { socket: string; remove(): Promise<void> };

/** Makes a place for a socket below `directory`, or below the system's temporary one where its path would be too long. */
export async function socketPlace(directory: string): Promise<SocketPlace> {
  const fits = Buffer.byteLength(join(directory, "proxy-XXXXXX/s")) <= longestPath;
  const made = await mkdtemp(fits ? join(directory, "proxy-") : join(tmpdir(), `${proxyPrefix}${ownMark}-`));
  return { socket: join(made, "s"), remove: () => rm(made, { recursive: true, force: true }) };
}

/** Listens on a socket for every user who can reach it, which its directory lets none but us and a sandbox of ours. */
export async function listenAt(server: Server, socket: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  await chmod(socket, 0o666);
}
