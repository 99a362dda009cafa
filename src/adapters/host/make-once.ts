import { randomUUID } from "node:crypto";
import { link, open, rm } from "node:fs/promises";

/**
 * Makes a file that nobody else can read, unless it is there: of two processes that start at once on one directory, the
 * first one's is kept, whole.
 */
export async function makeOnce(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.new`;
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(temporary);
}
