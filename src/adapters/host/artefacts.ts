import { createHash } from "node:crypto";
import { copyFile, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../../domain/task/failure.ts";
import type { Artefacts } from "../../ports/store.ts";
import { hashFile } from "./hash-file.ts";
import { renameDurably, writeWhole } from "./write-whole.ts";

/** Artefacts that can be handed out as files of their own. */
export type OpenedArtefacts = Artefacts & {
  /** Copies an artefact to a file; false if nobody wrote it. */
  copy(name: string, file: string): Promise<boolean>;
};

/** Keeps artefacts as files below `directory/artefacts`. */
export function openArtefacts(directory: string): OpenedArtefacts {
  const placeOf = (name: string) => join(directory, "artefacts", checked(name));
  return {
    write: (name, content) =>
      stored(name, async () => {
        const path = placeOf(name);
        const bytes = Buffer.from(content);
        await mkdir(dirname(path), { recursive: true });
        await writeWhole(path, bytes);
        return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
      }),
    adopt: (name, file) =>
      stored(name, async () => {
        const path = placeOf(name);
        await mkdir(dirname(path), { recursive: true });
        await moveDurably(file, path);
        return hashFile(path);
      }),
    read: (name) => stored(name, () => unlessAbsent(readFile(placeOf(name)))),
    copy: (name, file) =>
      stored(name, async () => (await unlessAbsent(copyFile(placeOf(name), file).then(() => true))) ?? false),
  };
}

function unlessAbsent<T>(action: Promise<T>): Promise<T | undefined> {
  return action.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** A name is one or more plain file names: nothing that climbs, hides or names a stream. */
function checked(name: string): string {
  if (!name.split("/").every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(part)))
    throw new Failure("bug", `${JSON.stringify(name)} is no name for an artefact`);
  return name;
}

async function stored<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("storage", `the artefact ${name} failed: ${String(error)}`, { cause: error });
  }
}

async function moveDurably(from: string, to: string): Promise<void> {
  await syncFile(from);
  try {
    await renameDurably(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await copyDurably(from, to);
  }
}

/** Another device: the copy takes its name only when it is whole. */
async function copyDurably(from: string, to: string): Promise<void> {
  const temporary = `${to}.copy.new`;
  await copyFile(from, temporary);
  await syncFile(temporary);
  await renameDurably(temporary, to);
  await rm(from);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
