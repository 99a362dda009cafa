import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { writeWhole } from "../host/write-whole.ts";
import { asStored, checkedName } from "./artefact-name.ts";
import type { OpenedArtefacts } from "./opened-artefacts.ts";
import type { S3Client } from "./s3-client.ts";

/** Keeps artefacts as objects of a bucket, whole in memory while they are written or read. S3 replaces an object whole. */
export function openS3Artefacts(client: S3Client): OpenedArtefacts {
  const put = async (name: string, bytes: Uint8Array) => {
    await client.put(checkedName(name), bytes);
    return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
  };
  const get = (name: string) => asStored(name, () => client.get(checkedName(name)));
  return {
    write: (name, content) => asStored(name, () => put(name, Buffer.from(content))),
    adopt: (name, file) =>
      asStored(name, async () => {
        const written = await put(name, await readFile(file));
        await rm(file);
        return written;
      }),
    read: get,
    part: (name, at) => asStored(name, () => client.part(checkedName(name), at)),
    purge: (taskKey) => asStored(taskKey, () => client.removeBelow(`${checkedName(taskKey)}/`)),
    copy: async (name, file) => {
      const bytes = await get(name);
      if (bytes !== undefined) await asStored(name, () => writeWhole(file, bytes));
      return bytes !== undefined;
    },
  };
}
