import type { EvidenceStatement } from "../../domain/attestation/statement.ts";
import type { ObjectId } from "../../domain/evidence/change.ts";
import { subjectOf } from "./weigh-statement.ts";
import type { Weighed } from "./weighed.ts";

/** The head of a pull request, as GitHub has it. */
export type PullHead = { commit: ObjectId; tree: ObjectId };

/** Holds a statement against the commit that would be merged: one about another commit says nothing of it. */
export function weighHead(statement: EvidenceStatement | undefined, head: PullHead): Weighed {
  const what = "pull request";
  if (!statement)
    return {
      ...{ what, holds: undefined, line: `its head is ${head.commit}, and no statement about it holds` },
      repair: "Ask the server's operator why.",
    };
  const signed = subjectOf(statement);
  const holds = signed.commit === head.commit && signed.tree === head.tree;
  const line = holds
    ? `its head ${head.commit} is the commit that the statement is about`
    : `its head is ${head.commit} with the tree ${head.tree}, and the statement is about ${signed.commit} with the tree ${signed.tree}`;
  return {
    what,
    holds,
    line,
    repair: "Nothing that was measured is about this head: have it measured again.",
  };
}
