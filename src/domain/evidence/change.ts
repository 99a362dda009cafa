import { z } from "zod";

/** A git object id, SHA-1 or SHA-256, in lower-case hex. */
export const ObjectId = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
export type ObjectId = z.infer<typeof ObjectId>;

/** A submodule of a base, or one inside it. Its files are in every checkout, unless `missing` says why they are not. */
export const Submodule = z.object({
  path: z.string().describe("from the root of the repository"),
  commit: ObjectId.describe("the commit that the tree names"),
  url: z.string().nullable().describe("where it is fetched from; null: its address is none to fetch from"),
  missing: z.string().exactOptional().describe("why its files are in no checkout, and the repair"),
});
export type Submodule = z.infer<typeof Submodule>;

/** The commit an attempt starts from. */
export const Base = z.object({
  ref: z.string(),
  commit: ObjectId,
  tree: ObjectId,
  submodules: z.array(Submodule).exactOptional().describe("those of the tree; absent where there are none"),
});
export type Base = z.infer<typeof Base>;

/** One path that differs between base and change; a null side does not exist there. */
export const ChangedFile = z.object({
  path: z.string(),
  before: z.object({ mode: z.string(), id: ObjectId }).nullable(),
  after: z.object({ mode: z.string(), id: ObjectId, bytes: z.number().int() }).nullable(),
  from: z.string().exactOptional().describe("where git sees that it was moved or copied from"),
  lines: z
    .object({ added: z.number().int().nonnegative(), removed: z.number().int().nonnegative() })
    .nullable()
    .exactOptional()
    .describe("null where git counts none, as in a binary file; absent where nobody counted"),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/**
 * What a changed file says on each side; undefined where it does not exist, is no plain file, is no UTF-8 text, or is
 * longer than the reader takes.
 */
export type FileText = { file: ChangedFile; before: string | undefined; after: string | undefined };

/** Why a path of a change is not part of what is published. */
export const trimReasons = ["stray", "protected", "never", "link"] as const;

/** One path that is as in the base again, and the glob, class or kind of leftover that asked for it. */
export const TrimmedPath = z.object({ path: z.string(), why: z.enum(trimReasons), rule: z.string() });
export type TrimmedPath = z.infer<typeof TrimmedPath>;

/** What the agent did to those paths, as an artefact; `text` is all of it, and null where it is long. */
export const Patch = z.object({
  artefact: z.string(),
  sha256: z.string(),
  bytes: z.number().int().nonnegative(),
  text: z.string().nullable(),
});
export type Patch = z.infer<typeof Patch>;

/** What was taken out of a change before anybody validated it; of strays no patch is kept. */
export const Trim = z.object({ paths: z.array(TrimmedPath), patch: Patch.nullable() });
export type Trim = z.infer<typeof Trim>;

/** What an attempt produced. Its objects are a pack among the artefacts, named by `pack`. */
export const Change = z.object({
  base: Base,
  tree: ObjectId,
  files: z.array(ChangedFile),
  unpublishable: z.array(z.string()).describe("why GitHub's API could not carry it, one sentence each"),
  pack: z.string(),
  trimmed: Trim.exactOptional().describe("absent until it was looked through"),
  inSubmodules: z
    .array(z.string())
    .exactOptional()
    .describe("paths inside submodules that the agent edited: no part of the change"),
});
export type Change = z.infer<typeof Change>;

/** The change that nobody has made yet. */
export function unchanged(base: Base): Change {
  return { base, tree: base.tree, files: [], unpublishable: [], pack: "" };
}

/** The files that are gone: one that only has another place now is not. */
export function deletionsOf(files: ChangedFile[]): ChangedFile[] {
  const origins = new Set(files.flatMap(({ from }) => (from === undefined ? [] : [from])));
  return files.filter(({ path, after }) => after === null && !origins.has(path));
}
