import { z } from "zod";
import { createRef, moveRef, updateRef } from "../acts/ref-acts.ts";
import { listRefs, objectType, readRef } from "../git/read-objects.ts";
import { tryGit } from "../git/run-git.ts";
import { created, noContent, ok } from "../http/answer.ts";
import { pageOf } from "../http/paginate.ts";
import { invalid, notFound } from "../refusal.ts";
import { nodeId } from "../shapes/account-shape.ts";
import { apiUrl } from "../shapes/repository-shape.ts";
import { bodyOf, type RepositoryCall, repositoryRoute } from "./calls.ts";

const NewRef = z.object({ ref: z.string(), sha: z.string() });
const RefUpdate = z.object({ sha: z.string(), force: z.boolean().default(false) });

/** Branches and tags by the Git Data API. */
export const refRoutes = [
  repositoryRoute("POST /git/refs", ["contents:write"], async (call) => {
    const { ref, sha } = bodyOf(NewRef, call);
    await refuseBadRef(call, ref);
    await refuseMissing(call, sha);
    await createRef(call.by, { ref, to: sha });
    return created(refShape(call, ref, sha), { kind: "ref.created", subject: ref });
  }),
  repositoryRoute("GET /git/ref/:ref+", ["contents:read"], async (call) => {
    const ref = `refs/${call.params.ref}`;
    const sha = await readRef(call.repository.directory, ref);
    if (!sha) throw notFound();
    return ok(refShape(call, ref, sha));
  }),
  repositoryRoute("GET /git/matching-refs/:ref+", ["contents:read"], async (call) => {
    const prefix = `refs/${call.params.ref}`;
    const refs = await listRefs(call.repository.directory, "refs");
    const matching = [...refs].filter(([ref]) => ref.startsWith(prefix));
    return pageOf(matching, call.url, ([ref, sha]) => refShape(call, ref, sha));
  }),
  repositoryRoute("PATCH /git/refs/:ref+", ["contents:write"], async (call) => {
    const { sha, force } = bodyOf(RefUpdate, call);
    const ref = `refs/${call.params.ref}`;
    await refuseMissing(call, sha);
    await updateRef(call.by, { ref, to: sha, force });
    return ok(refShape(call, ref, sha), { kind: "ref.updated", subject: ref });
  }),
  repositoryRoute("DELETE /git/refs/:ref+", ["contents:write"], async (call) => {
    const ref = `refs/${call.params.ref}`;
    if (!(await readRef(call.repository.directory, ref))) throw invalid("Reference does not exist");
    await moveRef(call.by, { ref, to: undefined });
    return noContent({ kind: "ref.deleted", subject: ref });
  }),
];

async function refuseBadRef({ repository }: RepositoryCall, ref: string): Promise<void> {
  if (!/^refs\/[^/]+\/./.test(ref)) throw invalid("Reference name must start with 'refs/'.");
  if ((await tryGit(repository.directory, ["check-ref-format", ref])) === undefined)
    throw invalid(`${ref} is not a valid ref name.`);
}

async function refuseMissing({ repository }: RepositoryCall, sha: string): Promise<void> {
  if (!(await objectType(repository.directory, sha))) throw invalid("Object does not exist");
}

function refShape({ world, repository }: RepositoryCall, ref: string, sha: string) {
  const url = `${apiUrl(world, repository)}/git`;
  return {
    ref,
    node_id: nodeId("REF", `${repository.id}:${ref}`),
    url: `${url}/${ref}`,
    object: { sha, type: "commit", url: `${url}/commits/${sha}` },
  };
}
