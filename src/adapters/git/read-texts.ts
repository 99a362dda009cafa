import { isUtf8 } from "node:buffer";
import { type ChangedFile, type FileText, ObjectId } from "../../domain/evidence/change.ts";
import { runGit } from "./run-git.ts";

/** A text longer than this in bytes is data that nobody reads; two sides of it are in memory at once. */
const textBytes = 4 * 1024 * 1024;
/** How much is read at once, in bytes: enough that starting git does not count, little beside the memory of a worker. */
const batchBytes = 16 * 1024 * 1024;
/** How many sizes are asked for at once. */
const batchFiles = 2_000;

type Sized = { file: ChangedFile; before: Blob | undefined; after: Blob | undefined };
type Blob = { id: ObjectId; bytes: number };

/** Reads what changed files say, in their order and in batches of bounded size. */
export async function* readTexts(gitDir: string, files: ChangedFile[]): AsyncGenerator<FileText> {
  for (let start = 0; start < files.length; start += batchFiles) {
    const sized = await sizedFiles(gitDir, files.slice(start, start + batchFiles));
    for (const batch of batchesOf(sized)) yield* readBatch(gitDir, batch);
  }
}

async function sizedFiles(gitDir: string, files: ChangedFile[]): Promise<Sized[]> {
  const ids = [...new Set(files.flatMap(({ before, after }) => [...textId(before), ...textId(after)]))];
  const answers = await askFor(gitDir, { ids, format: "--batch-check=%(objectsize)" });
  const lines = answers.toString("latin1").split("\n");
  const sizes = new Map(ids.map((id, index) => [id, Number(lines[index])]));
  const blobOf = (side: { mode: string; id: ObjectId } | null) =>
    textId(side)
      .map((id) => ({ id, bytes: sizes.get(id) ?? Number.NaN }))
      .find(({ bytes }) => bytes <= textBytes);
  return files.map((file) => ({ file, before: blobOf(file.before), after: blobOf(file.after) }));
}

/** A link's target and a submodule's commit are no text of the file. */
function textId(side: { mode: string; id: ObjectId } | null): ObjectId[] {
  return side && /^100/.test(side.mode) ? [side.id] : [];
}

function* batchesOf(files: Sized[]): Generator<Sized[]> {
  const open: { files: Sized[]; bytes: number } = { files: [], bytes: 0 };
  for (const file of files) {
    open.files.push(file);
    open.bytes += (file.before?.bytes ?? 0) + (file.after?.bytes ?? 0);
    if (open.bytes >= batchBytes) {
      yield open.files.splice(0);
      open.bytes = 0;
    }
  }
  if (open.files.length > 0) yield open.files;
}

async function* readBatch(gitDir: string, batch: Sized[]): AsyncGenerator<FileText> {
  const blobs = batch.flatMap(({ before, after }) => [before, after].filter((blob) => blob !== undefined));
  const bytes = await askFor(gitDir, { ids: blobs.map(({ id }) => id), format: "--batch=%(objectsize)" });
  const contents = contentsOf(bytes, blobs);
  const take = (blob: Blob | undefined) => (blob ? contents.next().value : undefined);
  for (const { file, before, after } of batch) yield { file, before: take(before), after: take(after) };
}

/** git writes each object as its size, a line break, its bytes and a line break. */
function* contentsOf(bytes: Buffer, blobs: Blob[]): Generator<string | undefined, undefined> {
  let at = 0;
  for (const blob of blobs) {
    const start = bytes.indexOf(0x0a, at) + 1;
    at = start + blob.bytes + 1;
    const content = bytes.subarray(start, at - 1);
    yield isUtf8(content) && !content.includes(0) ? content.toString("utf8") : undefined;
  }
  return undefined;
}

function askFor(gitDir: string, { ids, format }: { ids: ObjectId[]; format: string }): Promise<Buffer> {
  if (ids.length === 0) return Promise.resolve(Buffer.alloc(0));
  const input = ids.map((id) => `${ObjectId.parse(id)}\n`).join("");
  return runGit(["cat-file", format], { at: { gitDir }, input });
}
