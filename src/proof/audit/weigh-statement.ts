import { buildEvidenceStatement, sha256 } from "../../domain/attestation/build-statements.ts";
import { isSignedBy, readBundle, unambiguous, whereOf } from "../../domain/attestation/bundle.ts";
import type { KnownKey } from "../../domain/attestation/known-keys.ts";
import { EvidenceStatement, evidenceType } from "../../domain/attestation/statement.ts";
import { canonicalJson } from "../../domain/evidence/canonical-json.ts";
import type { ObjectId } from "../../domain/evidence/change.ts";
import type { Evidence } from "../../domain/evidence/evidence.ts";
import { forged, type Weighed } from "./weighed.ts";

/** The keys that a statement may be signed by; `given` if somebody named them, and they did not come with the statement. */
export type TrustedKeys = { keys: KnownKey[]; given: boolean };

/** What a bundle came to: its lines, and the statement where the signature holds. */
export type OpenedStatement = { weighed: Weighed[]; statement: EvidenceStatement | undefined };

/** Holds a bundle against the keys of a server: who signed it, when, and that it is a statement of ours. */
export function openStatement(bundle: string, { keys, given }: TrustedKeys): OpenedStatement {
  const read = readBundle(bundle);
  if ("problem" in read) return bad("statement", read.problem);
  const key = keys.find((one) => one.sha256 === read.keySha256);
  if (!key) return unknownKey(read.keySha256, { keys, given });
  if (!isSignedBy(read, key)) return bad("signature", `the key ${short(key)} did not sign this`);
  const parsed = EvidenceStatement.safeParse(unambiguous(read.payload)?.json);
  if (!parsed.success) return bad("statement", statementProblem(read.payload, parsed.error));
  const statement = parsed.data;
  const signature = {
    what: "signature",
    holds: true,
    line: `the key ${short(key)} signed the statement`,
    repair: "",
  };
  const owner: Weighed = given
    ? { what: "key", holds: true, line: "it is one of those that you named", repair: "" }
    : {
        what: "key",
        ...said,
        line: "it came with the statement, so that only the place of both speaks for it",
        repair: "Name the server's own keys by --key, as it publishes them below /.well-known/drafthorse/.",
      };
  return { weighed: [signature, owner, weighTime(key, statement.predicate.signedAt)], statement };
}

/** What is there where nobody signed: whoever named a key wants it to have signed, or a forger would leave it out. */
export function unsigned({ given }: TrustedKeys): OpenedStatement {
  if (given) return bad("signature", "nobody signed what is here, and you named a key");
  const repair = "Put the signed statement, evidence.sigstore.json, beside the evidence.";
  const line = "not found: nobody signed what is here";
  return { weighed: [{ what: "signature", holds: undefined, line, repair }], statement: undefined };
}

/** What only the server says: nobody else can look. */
const said = { holds: undefined, isSaid: true } as const;

function bad(what: string, line: string): OpenedStatement {
  return { weighed: [{ what, holds: false, line, repair: forged }], statement: undefined };
}

function unknownKey(sha256: string, { keys, given }: TrustedKeys): OpenedStatement {
  if (given || keys.length > 0)
    return bad("signature", `the key ${sha256.slice(0, 12)} is none of this server's`);
  const repair = "Name the server's key by --key FILE: its keys.json, or a public key in PEM.";
  const line = `not looked at: the key ${sha256.slice(0, 12)} is not here`;
  return { weighed: [{ what: "signature", holds: undefined, line, repair }], statement: undefined };
}

function statementProblem(payload: string, error: Parameters<typeof whereOf>[0]): string {
  const json = unambiguous(payload)?.json;
  if (json === undefined) return "its JSON is not as Drafthorse writes it: a key stands in it twice, say";
  const type = typeof json === "object" && json !== null && "predicateType" in json && json.predicateType;
  return type === evidenceType
    ? `${whereOf(error)} is not as Drafthorse writes it`
    : `it is signed, but it is a statement of another kind (${String(type)})`;
}

/** A key that was replaced signs nothing new: who has it now may be anybody. */
function weighTime({ from, until, revoked, ...key }: KnownKey, signedAt: string): Weighed {
  const what = "key's time";
  if (revoked !== undefined)
    return { what, holds: false, line: `${short(key)} was revoked: ${revoked}`, repair: forged };
  const holds = signedAt >= from && (until === null || signedAt <= until);
  const line = holds
    ? `${short(key)} was the server's key at ${signedAt}`
    : `${short(key)} was the server's key from ${from}${until ? ` to ${until}` : ""}, and this says ${signedAt}`;
  return { what, holds, line, repair: forged };
}

function short({ sha256 }: Pick<KnownKey, "sha256">): string {
  return sha256.slice(0, 12);
}

/** What a statement is held against; what nobody looked at is undefined. */
export type StatementFacts = {
  /** The evidence as it was found, and whether the logs' own text was left out of it. */
  evidence: { value: Evidence; text: string; isCut: boolean } | undefined;
  /** The tree of the statement's commit as a repository has it; null: it has no such commit. */
  commitTree: ObjectId | null | undefined;
};

/** Holds a signed statement against evidence and repository. */
export function weighStatement(statement: EvidenceStatement, facts: StatementFacts): Weighed[] {
  return [
    weighSignedCommit(statement, facts.commitTree),
    ...(facts.evidence ? [weighText(statement, facts.evidence), weighFields(statement, facts.evidence)] : []),
  ];
}

/** The commit and the tree that a statement is about. */
export function subjectOf({ subject: [commit, tree] }: EvidenceStatement): {
  commit: ObjectId;
  tree: ObjectId;
} {
  return { commit: commit.digest.gitCommit, tree: tree.digest.gitTree };
}

function weighSignedCommit(statement: EvidenceStatement, found: ObjectId | null | undefined): Weighed {
  const what = "signed commit";
  const { commit, tree } = subjectOf(statement);
  if (found === undefined)
    return {
      ...{ what, holds: undefined, line: `not looked at: it is about commit ${commit}, tree ${tree}` },
      repair: "Name a clone that has the branch: --repo PATH.",
    };
  if (found === null)
    return {
      what,
      holds: false,
      line: `there is no commit ${commit} here`,
      repair: "Fetch the agent's branch.",
    };
  const holds = found === tree;
  const line = holds
    ? `${commit} has the signed tree ${tree}`
    : `${commit} has the tree ${found}, not ${tree}`;
  return { what, holds, line, repair: forged };
}

function weighText(
  { subject, predicate }: EvidenceStatement,
  { text, isCut }: NonNullable<StatementFacts["evidence"]>,
): Weighed {
  const what = "signed evidence";
  const { sha256: whole, withoutLogTextSha256 } = predicate.evidence;
  const wanted = isCut ? withoutLogTextSha256 : whole;
  const holds = subject[2].digest.sha256 === whole && sha256(text) === wanted;
  const how = isCut ? "byte for byte, but for the logs' own text" : "byte for byte";
  const line = holds ? `this is the file that was signed, ${how}` : "this is not the file that was signed";
  return { what, holds, line, repair: forged };
}

/** The statement says the same as the evidence in every field that both have. */
function weighFields(
  statement: EvidenceStatement,
  { value: evidence, text }: NonNullable<StatementFacts["evidence"]>,
): Weighed {
  const what = "signed summary";
  const { predicate } = statement;
  const [owner = "", name = ""] = predicate.repository.split("/");
  const built = buildEvidenceStatement({
    ...{ evidence, text, commit: subjectOf(statement), repository: { owner, name } },
    ...{ historyHead: predicate.historySha256 ?? undefined, signedAt: predicate.signedAt },
  });
  // The hashes are held apart: a text without the logs' own is not the file.
  const plain = ({ predicate: { evidence: _, ...fields } }: EvidenceStatement) => fields;
  const isSame = canonicalJson(plain(built)) === canonicalJson(plain(statement));
  const holds = isSame && evidence.tree === subjectOf(statement).tree;
  const line = holds
    ? `verdict, ${predicate.checks.length} rows and ${predicate.runs.length} runs are those of the evidence`
    : "verdict, rows, runs or tree are not those of the evidence";
  return { what, holds, line, repair: forged };
}
