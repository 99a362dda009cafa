import { createHash } from "node:crypto";
import { readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isManifest } from "../../domain/paths/manifests.ts";
import type { SetupOrder } from "../../domain/task/setup-order.ts";

/** A file of a tree with its object id. */
export type TreeFile = { path: string; id: string };

/** What is remembered of a set-up that went well. It is written last: a directory without it is none. */
export const SetupRecord = z.object({
  version: z.literal(1),
  /** Made of a published tree alone, so good for every attempt on the repository. */
  shared: z.boolean(),
  made: z.array(z.string()),
  exclude: z.array(z.string()),
  /** The folders of programs in what was made, below the checkout. Results of before they were known are no longer used. */
  programs: z.array(z.string()).default([]),
  /** Where the command ran: programs write such paths into what they make. */
  origin: z.string(),
  kibibytes: z.number(),
});
export type SetupRecord = z.infer<typeof SetupRecord>;

/** Where what was made of a tree is kept: `tree` and `home` hold the files, `paths` and `anchored` lists of them. */
export type KeptSetup = { directory: string; made: SetupRecord };

/** The files of a tree on which a set-up's result depends. */
export function manifestsOf(files: TreeFile[]): TreeFile[] {
  return files.filter(({ path }) => isManifest(path));
}

/** The name of a result: by the command, what the trees' manifests say, and the machine's own tools. */
export function entryName(
  { setup }: Pick<SetupOrder, "setup">,
  { manifests, owner }: { manifests: TreeFile[]; owner: string },
): string {
  const { run, env = {}, hosts = null, cache = [] } = setup;
  const tools = [process.version, process.arch, process.platform];
  const sorted = manifests.map(({ path, id }) => [path, id]).sort();
  const facts = JSON.stringify([2, run, Object.entries(env).sort(), hosts, cache, tools, sorted, owner]);
  return createHash("sha256").update(facts).digest("hex").slice(0, 24);
}

/** What was kept under a name, if it is whole; its last use is noted. */
export async function findEntry(directory: string): Promise<KeptSetup | undefined> {
  const file = join(directory, "made.json");
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
  return { directory, made: SetupRecord.parse(JSON.parse(text)) };
}
