import { z } from "zod";
import {
  objectType,
  readBlob,
  readCommit,
  readTree,
  type Signature,
  type TreeEntry,
} from "../git/read-objects.ts";
import { BadTreeChange, type TreeChange, writeBlob, writeCommit, writeTree } from "../git/write-objects.ts";
import { created, ok } from "../http/answer.ts";
import type { Repository } from "../model.ts";
import { invalid, notFound } from "../refusal.ts";
import { nodeId } from "../shapes/account-shape.ts";
import { gitCommitShape, noreplyAddress } from "../shapes/commit-shape.ts";
import { apiUrl } from "../shapes/repository-shape.ts";
import { now } from "../world.ts";
import { bodyOf, type RepositoryCall, repositoryRoute } from "./calls.ts";
import { base64Lines } from "./content-routes.ts";

const NewBlob = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).default("utf-8") });
const NewTree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string().min(1),
      mode: z.enum(["100644", "100755", "040000", "160000", "120000"]),
      type: z.enum(["blob", "tree", "commit"]).optional(),
      sha: z.string().nullish(),
      content: z.string().optional(),
    }),
  ),
});
const Person = z.object({
  name: z.string(),
  email: z.string(),
  date: z.iso.datetime({ offset: true }).optional(),
});
const NewCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: Person.optional(),
  committer: Person.partial().optional(),
});

/** The Git Data API for blobs, trees and commits: real objects in the bare repository. */
export const gitRoutes = [
  repositoryRoute("POST /git/blobs", ["contents:write"], async (call) => {
    const { content, encoding } = bodyOf(NewBlob, call);
    const bytes = Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
    const sha = await writeBlob(call.repository.directory, bytes);
    const url = `${apiUrl(call.world, call.repository)}/git/blobs/${sha}`;
    return created({ sha, url }, { kind: "blob.created", subject: sha });
  }),
  repositoryRoute("GET /git/blobs/:sha", ["contents:read"], async (call) => {
    const sha = await demand(call, call.params.sha, "blob");
    const content = await readBlob(call.repository.directory, sha);
    return ok({
      sha,
      node_id: nodeId("B", sha),
      size: content.byteLength,
      url: `${apiUrl(call.world, call.repository)}/git/blobs/${sha}`,
      content: base64Lines(content),
      encoding: "base64",
    });
  }),
  repositoryRoute("POST /git/trees", ["contents:write"], async (call) => {
    const sha = await newTree(call);
    const entries = await readTree(call.repository.directory, sha, false);
    return created(treeShape(call, sha, entries), { kind: "tree.created", subject: sha });
  }),
  repositoryRoute("GET /git/trees/:sha", ["contents:read"], async (call) => {
    const { directory } = call.repository;
    const type = await objectType(directory, call.params.sha);
    if (type !== "tree" && type !== "commit") throw notFound();
    const recursive = call.url.searchParams.has("recursive");
    const sha = type === "commit" ? (await readCommit(directory, call.params.sha)).tree : call.params.sha;
    return ok(treeShape(call, sha, await readTree(directory, sha, recursive)));
  }),
  repositoryRoute("POST /git/commits", ["contents:write"], async (call) => {
    const sha = await newCommit(call);
    const commit = await readCommit(call.repository.directory, sha);
    return created(gitCommitShape(call.world, call.repository, commit), {
      kind: "commit.created",
      subject: sha,
    });
  }),
  repositoryRoute("GET /git/commits/:sha", ["contents:read"], async (call) => {
    const sha = await demand(call, call.params.sha, "commit");
    return ok(gitCommitShape(call.world, call.repository, await readCommit(call.repository.directory, sha)));
  }),
];

async function demand({ repository }: RepositoryCall, sha: string, type: string): Promise<string> {
  if ((await objectType(repository.directory, sha)) !== type) throw notFound();
  return sha;
}

async function newTree(call: RepositoryCall): Promise<string> {
  const { base_tree, tree } = bodyOf(NewTree, call);
  if (tree.length === 0) throw invalid("Invalid tree info");
  const base = base_tree ? await treeOf(call.repository, base_tree) : undefined;
  const changes: TreeChange[] = [];
  for (const entry of tree) changes.push(await treeChange(call.repository, entry));
  try {
    return await writeTree(call.repository.directory, base, changes);
  } catch (error) {
    if (error instanceof BadTreeChange) throw invalid(error.message);
    throw error;
  }
}

type NewEntry = z.infer<typeof NewTree>["tree"][number];

async function treeChange({ directory }: Repository, entry: NewEntry): Promise<TreeChange> {
  const { path, mode, sha = null, content } = entry;
  refuseBadPath(path);
  if (sha && content !== undefined) throw invalid("Must supply tree.sha or tree.content, not both.");
  // A submodule's commit lives elsewhere.
  if (sha && mode !== "160000") await refuseMissing(directory, sha, mode === "040000" ? "tree" : "blob");
  return { path, mode, sha, content: content === undefined ? undefined : Buffer.from(content) };
}

function refuseBadPath(path: string): void {
  if (path.startsWith("/")) throw invalid("tree.path cannot start with a slash");
  if (path.split("/").some((part) => ["", ".", "..", ".git"].includes(part)))
    throw invalid("tree.path contains a malformed path component");
}

async function refuseMissing(directory: string, sha: string, type: string): Promise<void> {
  if ((await objectType(directory, sha)) !== type) throw invalid(`tree.sha ${sha} is not a valid ${type}`);
}

async function treeOf({ directory }: Repository, sha: string): Promise<string> {
  const type = await objectType(directory, sha);
  if (type === "commit") return (await readCommit(directory, sha)).tree;
  if (type !== "tree") throw notFound();
  return sha;
}

function treeShape(call: RepositoryCall, sha: string, entries: readonly TreeEntry[]) {
  const url = `${apiUrl(call.world, call.repository)}/git`;
  const folder = { blob: "blobs", tree: "trees", commit: "commits", tag: "tags" };
  return {
    sha,
    url: `${url}/trees/${sha}`,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.size !== undefined && { size: entry.size }),
      ...(entry.type !== "commit" && { url: `${url}/${folder[entry.type]}/${entry.sha}` }),
    })),
    truncated: false,
  };
}

async function newCommit(call: RepositoryCall): Promise<string> {
  const { world, repository, actor } = call;
  const { message, tree, parents, author, committer } = bodyOf(NewCommit, call);
  if ((await objectType(repository.directory, tree)) !== "tree") throw invalid("Tree SHA does not exist");
  for (const parent of parents)
    if ((await objectType(repository.directory, parent)) !== "commit")
      throw invalid("Parent SHA does not exist or is not a commit object");
  const date = now(world);
  const bot: Signature = { name: actor.login, email: noreplyAddress(actor), date };
  const written = author ? { ...author, date: author.date ?? date } : bot;
  const sha = await writeCommit(repository.directory, {
    tree,
    parents,
    message,
    author: written,
    committer: { ...written, ...defined(committer) },
  });
  // GitHub signs what a bot commits in its own name only.
  if (!author && !committer && repository.signs) repository.signed.add(sha);
  return sha;
}

function defined(person: object | undefined): Partial<Signature> {
  return Object.fromEntries(Object.entries(person ?? {}).filter(([, value]) => value !== undefined));
}
