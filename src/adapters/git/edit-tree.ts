import { rm } from "node:fs/promises";
import { ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { ComposePlace } from "./compose-tree.ts";
import { askGit, runGit } from "./run-git.ts";

/** Writes the tree in which files that `tree` has say something else; modes stay. Resolves to its id. */
export async function editTree(
  { gitDir, index }: ComposePlace,
  { tree, texts }: { tree: ObjectId; texts: ReadonlyMap<string, string> },
): Promise<ObjectId> {
  const at = { gitDir, index };
  const lines: Buffer[] = [];
  try {
    await runGit(["read-tree", ObjectId.parse(tree)], { at });
    for (const [path, text] of texts) {
      const mode = await modeOf(at, path);
      const id = await askGit(["hash-object", "-w", "--no-filters", "--stdin"], {
        at: { gitDir },
        input: text,
      });
      lines.push(Buffer.from(`${mode} ${ObjectId.parse(id)}\t${path}\0`));
    }
    await runGit(["update-index", "-z", "--index-info"], { at, input: Buffer.concat(lines) });
    return ObjectId.parse(await askGit(["write-tree"], { at }));
  } finally {
    await rm(index, { force: true });
  }
}

/** A link has no text of its own: writing through one would change what nobody named. */
async function modeOf(at: { gitDir: string; index: string }, path: string): Promise<string> {
  const entry = await askGit(["ls-files", "-s", "-z", "--", `:(top,literal)${path}`], { at });
  const mode = /^(?<mode>100(?:644|755)) /.exec(entry)?.groups?.mode;
  if (!mode) throw new Failure("bug", `${JSON.stringify(path)} is no plain file of the tree to be edited`);
  return mode;
}
