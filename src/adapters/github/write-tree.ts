import { isUtf8 } from "node:buffer";
import type { ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { CommitOrder } from "../../ports/branches.ts";
import { type Access, type GitHubClient, repeatably } from "./access.ts";
import { inlineBytes, type Leaf, planTree, submoduleMode } from "./plan-tree.ts";

/** Whom a tree is written with. */
type Scribe = { client: GitHubClient; access: Access; blob: CommitOrder["blob"] };

type Mode = "100644" | "100755" | "040000" | "160000" | "120000";

/** Writes a change's tree at GitHub, and makes sure that it is the tree that was measured. */
export async function writeTree(client: GitHubClient, access: Access, order: CommitOrder): Promise<ObjectId> {
  const { change, blob } = order;
  // Objects are named by their content, so sending one again leaves the same behind.
  const scribe = { client, blob, access: repeatably(access) };
  let tree = change.base.tree;
  for (const leaves of planTree(change.files)) tree = await writeChunk(scribe, { base: tree, leaves });
  if (tree !== change.tree)
    throw new Failure(
      "git",
      `GitHub wrote the tree ${tree} where ${change.tree} was measured; nothing is published.`,
    );
  return tree;
}

async function writeChunk(
  scribe: Scribe,
  { base, leaves }: { base: ObjectId; leaves: Leaf[] },
): Promise<ObjectId> {
  const tree = [];
  for (const leaf of leaves)
    tree.push({
      path: leaf.path,
      mode: leaf.mode as Mode,
      type: leaf.mode === submoduleMode ? ("commit" as const) : ("blob" as const),
      ...(await substanceOf(scribe, leaf)),
    });
  const { data } = await scribe.client.request("POST /repos/{owner}/{repo}/git/trees", {
    ...scribe.access,
    base_tree: base,
    tree,
  });
  return data.sha;
}

/** A leaf's content where it can travel as text within the tree, else the id of an object that GitHub has. */
async function substanceOf(
  scribe: Scribe,
  { id, known }: Leaf,
): Promise<{ content: string } | { sha: ObjectId | null }> {
  if (id === null || known) return { sha: id };
  const content = Buffer.from(await scribe.blob(id));
  if (travelsAsText(content)) return { content: content.toString("utf8") };
  const { data } = await scribe.client.request("POST /repos/{owner}/{repo}/git/blobs", {
    ...scribe.access,
    content: content.toString("base64"),
    encoding: "base64",
  });
  return { sha: data.sha };
}

/** An empty text might be taken for an absent one, and NUL is no character for every JSON reader. */
function travelsAsText(content: Buffer): boolean {
  return content.length > 0 && content.length <= inlineBytes && isUtf8(content) && !content.includes(0);
}
