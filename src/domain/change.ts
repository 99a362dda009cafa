import { z } from "zod";

/** A git object id, SHA-1 or SHA-256, in lower-case hex. */
export const ObjectId = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
export type ObjectId = z.infer<typeof ObjectId>;

/** The commit an attempt starts from. */
export const Base = z.object({ ref: z.string(), commit: ObjectId, tree: ObjectId });
export type Base = z.infer<typeof Base>;

/** One path that differs between base and change; a null side does not exist there. */
export const ChangedFile = z.object({
  path: z.string(),
  before: z.object({ mode: z.string(), id: ObjectId }).nullable(),
  after: z.object({ mode: z.string(), id: ObjectId, bytes: z.number().int() }).nullable(),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/**
 * What a changed file says on each side; undefined where it does not exist, is no plain file, is no UTF-8 text, or is
 * longer than the reader takes.
 */
export type FileText = { file: ChangedFile; before: string | undefined; after: string | undefined };

/** What an attempt produced. Its objects are a pack among the artefacts, named by `pack`. */
export const Change = z.object({
  base: Base,
  tree: ObjectId,
  files: z.array(ChangedFile),
  unpublishable: z.array(z.string()).describe("why GitHub's API could not carry it, one sentence each"),
  pack: z.string(),
});
export type Change = z.infer<typeof Change>;

/** The change that nobody has made yet. */
export function unchanged(base: Base): Change {
  return { base, tree: base.tree, files: [], unpublishable: [], pack: "" };
}
