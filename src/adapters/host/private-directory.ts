import { chmod, mkdir, stat } from "node:fs/promises";

/** The bits by which people who are neither the owner nor in the group may enter, list or write a directory. */
const others = 0o007;

/**
 * Makes a directory that only we and our group can enter, or closes to others one that is there. It holds private sources,
 * and files of an ordinary user's agents, which are that user's own on this machine: run as a program by somebody else,
 * one that is marked so would act as the worker.
 */
export async function privateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const { mode, uid } = await stat(path);
  const mayClose = uid === process.getuid?.() || process.getuid?.() === 0;
  if ((mode & others) !== 0 && mayClose) await chmod(path, mode & 0o7777 & ~others);
}
