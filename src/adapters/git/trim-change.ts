import { open } from "node:fs/promises";
import type { Change, Patch } from "../../domain/evidence/change.ts";
import type { Artefacts } from "../../ports/store.ts";
import type { Objects } from "../../ports/workshop.ts";
import { type ChangePlace, isOfGitsCheck, makeChangeRepository } from "./change-repository.ts";
import { plainFiles } from "./changed-files.ts";
import { readBlob } from "./read-blob.ts";
import { trimTree } from "./trim-tree.ts";
import { unpublishable } from "./unpublishable.ts";

/** A longer patch is named, not shown: a person fetches it, in bytes. */
const shownBytes = 8_000;

type TrimChangeOrder = Parameters<Objects["trim"]>[1] & {
  change: Change;
  place: ChangePlace & { gitDir: string };
};

/** What a trim needs besides its order: where it keeps what it writes, and how a patch is made fit to be seen. */
type Keeper = { artefacts: Artefacts; redact: (text: string) => string };

/** Makes the trimmed change, and only then keeps it: until its pack is an artefact the change as it was can be had. */
export async function trimChange(
  { change, place, paths, offered, pack, patch }: TrimChangeOrder,
  { artefacts, redact }: Keeper,
): Promise<{ change: Change; patch: Patch | null }> {
  const { gitDir } = place;
  const wanted = { paths: new Set(paths), offered: new Set(offered) };
  const { packFile, patchFile, ...made } = await trimTree({
    gitDir,
    root: place.paths.root,
    change,
    ...wanted,
  });
  const settled = await unpublishable(made.gone, (id) => readBlob(gitDir, id));
  const refused = await makeChangeRepository(place, { name: pack, tree: made.tree, file: packFile });
  await artefacts.adopt(pack, packFile);
  const kept =
    patchFile === undefined ? null : await keepPatch(patchFile, { name: patch, artefacts, redact });
  const left = {
    tree: made.tree,
    files: plainFiles(made.files),
    unpublishable: [
      ...change.unpublishable.filter((reason) => !settled.includes(reason) && !isOfGitsCheck(reason)),
      ...refused,
    ],
  };
  return { change: { ...change, ...left, pack }, patch: kept };
}

async function keepPatch(
  file: string,
  { name, artefacts, redact }: Keeper & { name: string },
): Promise<Patch> {
  const beginning = await beginningOf(file);
  const { sha256, bytes } = await artefacts.adopt(name, file);
  const text = bytes <= shownBytes ? redact(beginning.toString("utf8")) : null;
  return { artefact: name, sha256, bytes, text };
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(shownBytes) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
