import { randomUUID } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file so that after any crash it is either there whole or not at all; `mode` is that of a new file. */
export async function writeWhole(path: string, content: Uint8Array | string, mode = 0o666): Promise<void> {
  const temporary = `${path}.${randomUUID()}.new`;
  const file = await open(temporary, "wx", mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await renameDurably(temporary, path);
}

/** Renames a file and makes its new name survive a loss of power. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const directory = await open(dirname(to), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
