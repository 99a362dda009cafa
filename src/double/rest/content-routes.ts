import { readBlob, readTree, resolveCommit, type TreeEntry } from "../git/read-objects.ts";
import { type Answer, ok } from "../http/answer.ts";
import { notFound, Refusal } from "../refusal.ts";
import { nodeId } from "../shapes/account-shape.ts";
import { apiUrl, htmlUrl } from "../shapes/repository-shape.ts";
import { findAccount } from "../world.ts";
import { type RepositoryCall, repositoryRoute } from "./calls.ts";

/** Files and folders of a branch, and what GitHub thinks of CODEOWNERS. */
export const contentRoutes = [
  repositoryRoute("GET /contents/:path+", ["contents:read"], (call) => contentAt(call, call.params.path)),
  repositoryRoute("GET /codeowners/errors", ["contents:read"], (call) => codeownersErrors(call)),
];

type Place = { ref: string; entries: TreeEntry[] };

async function placeOf({ repository, url }: RepositoryCall): Promise<Place> {
  const ref = url.searchParams.get("ref") ?? repository.defaultBranch;
  const commit = await resolveCommit(repository.directory, ref);
  if (!commit) throw new Refusal(404, `No commit found for the ref ${ref}`);
  return { ref, entries: await readTree(repository.directory, commit, true) };
}

async function contentAt(call: RepositoryCall, path: string): Promise<Answer> {
  const { ref, entries } = await placeOf(call);
  const entry = entries.find((one) => one.path === path);
  if (entry?.type === "blob") return fileAt(call, entry, ref);
  if (entry?.type !== "tree") throw notFound();
  const inside = entries.filter((one) => one.path.slice(0, one.path.lastIndexOf("/")) === path);
  return ok(inside.map((one) => itemShape(call, one, ref)));
}

async function fileAt(call: RepositoryCall, entry: TreeEntry, ref: string): Promise<Answer> {
  const content = base64Lines(await readBlob(call.repository.directory, entry.sha));
  const file = {
    ...itemShape(call, entry, ref),
    encoding: "base64",
    content,
    node_id: nodeId("B", entry.sha),
  };
  return { ...ok(file), headers: { etag: `"${entry.sha}"` } };
}

function itemShape({ world, repository }: RepositoryCall, { path, sha, size, type }: TreeEntry, ref: string) {
  const self = `${apiUrl(world, repository)}/contents/${path}?ref=${ref}`;
  const isFile = type === "blob";
  const git_url = `${apiUrl(world, repository)}/git/${isFile ? "blobs" : "trees"}/${sha}`;
  const html_url = `${htmlUrl(world, repository)}/${isFile ? "blob" : "tree"}/${ref}/${path}`;
  return {
    type: isFile ? "file" : "dir",
    size: size ?? 0,
    name: path.split("/").at(-1) ?? "",
    path,
    sha,
    url: self,
    git_url,
    html_url,
    download_url: isFile ? `${htmlUrl(world, repository)}/raw/${ref}/${path}` : null,
    _links: { self, git: git_url, html: html_url },
  };
}

/** Where GitHub looks, the first that is there counts. */
const codeownersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

async function codeownersErrors(call: RepositoryCall): Promise<Answer> {
  const { entries } = await placeOf(call);
  const [entry] = codeownersPlaces.flatMap((path) => entries.filter((one) => one.path === path));
  if (!entry) throw notFound();
  const text = Buffer.from(await readBlob(call.repository.directory, entry.sha)).toString();
  const errors = text.split("\n").flatMap((source, at) => {
    const fault = faultOf(call, source);
    const place = { line: at + 1, column: (fault?.column ?? 0) + 1, path: entry.path };
    return fault
      ? [{ ...place, source, kind: fault.kind, suggestion: fault.suggestion, message: fault.kind }]
      : [];
  });
  return ok({ errors });
}

/** Two of the faults that GitHub finds: a pattern that it does not take, and an owner who is nobody or may not write. */
function faultOf({ world, repository }: RepositoryCall, source: string) {
  const [pattern = "", ...owners] = source.replace(/#.*/, "").trim().split(/\s+/);
  if (/^!|\[|\*{3}/.test(pattern)) return { kind: "Invalid pattern", column: 0, suggestion: null };
  const unknown = owners.find((owner) => {
    const login = owner.replace(/^@/, "");
    const isKnown = findAccount(world, login) && repository.collaborators.has(login.toLowerCase());
    return !isKnown && login !== repository.owner.login;
  });
  if (unknown === undefined) return undefined;
  const suggestion = `make sure ${unknown} exists and has write access to the repository`;
  return { kind: "Unknown owner", column: source.indexOf(unknown), suggestion };
}

/** Base64 as GitHub sends it: in lines of 60 characters. */
export function base64Lines(content: Uint8Array): string {
  return Buffer.from(content)
    .toString("base64")
    .replace(/.{1,60}/g, "$&\n");
}
