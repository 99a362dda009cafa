import type { LocalRepository } from "../../adapters/local/open-repository.ts";
import { treeOf } from "../../adapters/local/read-proof-facts.ts";
import type { ObjectId } from "../../domain/evidence/change.ts";
import type { Weighed } from "../../proof/audit/weighed.ts";
import { givenRepository } from "../given-repository.ts";
import type { GatheredPackage } from "./gathered.ts";

/** The clone that is looked into, and the tree of the signed commit in it; null: it has no such commit. */
export type LookedInto = {
  local: LocalRepository | undefined;
  commitTree: ObjectId | null | undefined;
  weighed: Weighed[];
};

/** Finds the clone to look into. One that has not fetched a pull request yet says nothing about it. */
export async function lookInto(
  { repository, head }: GatheredPackage,
  commit: ObjectId | undefined,
): Promise<LookedInto> {
  const local = repository === undefined ? undefined : await givenRepository(repository);
  const wanted = commit ?? head?.commit;
  const tree = local && wanted ? await treeOf(local.gitDir, wanted) : undefined;
  if (head && tree === undefined) {
    const weighed = [missingCommit(head, { wanted, isHere: local !== undefined })];
    return { local: undefined, commitTree: undefined, weighed };
  }
  return { local, commitTree: local && commit ? (tree ?? null) : undefined, weighed: [] };
}

function missingCommit(
  { fetch }: { fetch: string },
  { wanted, isHere }: { wanted: ObjectId | undefined; isHere: boolean },
): Weighed {
  const line = isHere ? `it does not have the commit ${wanted}` : "this directory belongs to none";
  const repair = `${isHere ? "" : "Clone the repository, and in it: "}${fetch}, then say this again.`;
  return { what: "clone", holds: undefined, line, repair };
}
