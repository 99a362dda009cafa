import { fsyncSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { PGlite } from "@electric-sql/pglite";

/** The part of Emscripten's file system on Node that its types leave out. A directory has no descriptor there. */
type NodeFiles = { stream_ops: { fsync?: (stream: { nfd?: number }) => number } };

/** What WASI calls an input/output error; PostgreSQL then refuses to go on, as it must. */
const inputOutputError = 29;

/**
 * How much a function of PostgreSQL runs until V8 compiles it once more, optimised: 28 times V8's own number. Short
 * statements gain little by it, and the compilation of all that a start touches cost a second of a processor.
 */
const tieringBudget = 50_000_000;

/** PostgreSQL's default of 128 MB is for a server; a larger process also takes longer to start each git. */
const sharedBuffers = "16MB";

/**
 * Opens PGlite so that what it acknowledged survives the machine and not only the process. As it comes it never
 * flushes: it starts PostgreSQL with `-F`, and its file system has no `fsync`. Of the ways in which PostgreSQL can
 * flush its log only `fsync` reaches that file system; `fdatasync`, the default, ends in a stub.
 */
export async function openPglite(directory: string): Promise<PGlite> {
  setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
  const database = await PGlite.create(directory, {
    relaxedDurability: false,
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
      ...["-c", `shared_buffers=${sharedBuffers}`],
      ...["-c", "fsync=on", "-c", "wal_sync_method=fsync", "-c", "synchronous_commit=on"],
    ],
  });
  const files = database.Module.NODEFS as unknown as NodeFiles;
  files.stream_ops.fsync = ({ nfd }) => (nfd === undefined ? 0 : flush(nfd));
  return database;
}

function flush(descriptor: number): number {
  try {
    fsyncSync(descriptor);
    return 0;
  } catch {
    return inputOutputError;
  }
}
