import { createHash } from "node:crypto";
import { copyFile, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashFile } from "../host/hash-file.ts";
import { renameDurably, writeWhole } from "../host/write-whole.ts";
import { asStored, checkedName } from "./artefact-name.ts";
import type { OpenedArtefacts } from "./opened-artefacts.ts";

/** Keeps artefacts as files below `directory/artefacts`. */
export function openDirectoryArtefacts(directory: string): OpenedArtefacts {
  const placeOf = (name: string) => join(directory, "artefacts", checkedName(name));
  return {
    write: (name, content) =>
      asStored(name, async () => {
        const path = placeOf(name);
        const bytes = Buffer.from(content);
        await mkdir(dirname(path), { recursive: true });
        await writeWhole(path, bytes);
        return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
      }),
    adopt: (name, file) =>
      asStored(name, async () => {
        const path = placeOf(name);
        await mkdir(dirname(path), { recursive: true });
        await moveDurably(file, path);
        return hashFile(path);
      }),
    read: (name) => asStored(name, () => unlessAbsent(readFile(placeOf(name)))),
    part: (name, at) => asStored(name, () => unlessAbsent(readPart(placeOf(name), at))),
    purge: (taskKey) => asStored(taskKey, () => rm(placeOf(taskKey), { recursive: true, force: true })),
    copy: (name, file) =>
      asStored(
        name,
        async () => (await unlessAbsent(copyFile(placeOf(name), file).then(() => true))) ?? false,
      ),
  };
}

async function readPart(path: string, { from, bytes }: { from: number; bytes: number }): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(bytes), 0, bytes, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unlessAbsent<T>(action: Promise<T>): Promise<T | undefined> {
  return action.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
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
