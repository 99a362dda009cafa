import { z } from "zod";
import { ObjectId } from "../evidence/change.ts";
import { Check, Evidence, Measurement } from "../evidence/evidence.ts";
import { Exit } from "../evidence/exit.ts";
import { escapeInkless } from "../text/escape-markdown.ts";

/** The type of an in-toto Statement, and of the payload of an envelope that holds one (in-toto attestation spec, v1). */
export const statementType = "https://in-toto.io/Statement/v1";
export const payloadType = "application/vnd.in-toto+json";

/** Our own predicate: the address of its schema. It is raised with the schema's name, never changed. */
export const evidenceType = "https://unpkg.com/drafthorse/schemas/attestation-1.schema.json";

/** The standard predicate for tests (in-toto attestation spec, predicates/test-result.md). */
export const testResultType = "https://in-toto.io/attestation/test-result/v0.1";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a statement is about: the commit, its tree, and the very file `evidence.json`, in this order. */
const Subjects = z.tuple([
  z.strictObject({ name: z.string(), digest: z.strictObject({ gitCommit: ObjectId }) }),
  z.strictObject({ name: z.string(), digest: z.strictObject({ gitTree: ObjectId }) }),
  z.strictObject({ name: z.literal("evidence.json"), digest: z.strictObject({ sha256: Sha256 }) }),
]);
export type Subjects = z.infer<typeof Subjects>;

/** One run of the validation command, without its output. */
const AttestedRun = z.strictObject({
  name: z.string().describe("the field of the evidence"),
  tree: ObjectId,
  command: z.string(),
  sandbox: Measurement.shape.sandbox,
  ...Exit.pick({ exitCode: true, signal: true, endedBy: true, durationMs: true }).shape,
  logSha256: Sha256,
});
export type AttestedRun = z.infer<typeof AttestedRun>;

/** What the server says of an attempt: small enough to be shown whole, and bound to the evidence by hashes. */
export const EvidencePredicate = z.strictObject({
  evidence: z
    .strictObject({
      sha256: Sha256.describe("of evidence.json; the commit's trailer Evidence-SHA256"),
      withoutLogTextSha256: Sha256.describe(
        "of the same without the logs' own text, as a check run shows it",
      ),
    })
    .describe("the hashes that bind the whole evidence to the signature"),
  task: z.strictObject(Evidence.shape.task.shape).describe("whose evidence it is, by GitHub's numbers"),
  repository: z.string().describe("owner and name, as they were then"),
  briefSha256: Sha256.describe("SHA-256 of the brief as it was frozen"),
  base: z
    .strictObject({ ref: z.string(), commit: ObjectId, tree: ObjectId })
    .describe("what the task began from"),
  verdict: Evidence.shape.verdict.describe("what the checks add up to"),
  checks: z
    .array(z.strictObject(Check.pick({ name: true, status: true, line: true }).shape))
    .describe("every check, without its findings"),
  runs: z.array(AttestedRun).describe("every run of the validation command, without its output"),
  agent: z
    .strictObject({ name: z.string(), version: z.string().nullable(), outcome: z.string() })
    .describe("who did the work, and how it ended"),
  historySha256: Sha256.nullable().describe(
    "of the last line of the task's history when this was signed; it covers every line before",
  ),
  measuredAt: z.iso.datetime().describe("when the proof ended, by the server's clock"),
  signedAt: z.iso.datetime().describe("when this was signed, by the server's clock"),
});
export type EvidencePredicate = z.infer<typeof EvidencePredicate>;

/** The statement with our own predicate. Unknown fields are refused: nothing unseen is signed. */
export const EvidenceStatement = statementWith(evidenceType, EvidencePredicate);
export type EvidenceStatement = z.infer<typeof EvidenceStatement>;

/** The standard predicate: our rows are its tests. What was not measured is in none of the lists. */
export const TestResult = z.strictObject({
  result: z.enum(["PASSED", "WARNED", "FAILED"]),
  configuration: z.array(z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: Sha256 }) })),
  passedTests: z.array(z.string()),
  warnedTests: z.array(z.string()),
  failedTests: z.array(z.string()),
});
export type TestResult = z.infer<typeof TestResult>;

/** The statement with the standard predicate. */
export const TestResultStatement = statementWith(testResultType, TestResult);
export type TestResultStatement = z.infer<typeof TestResultStatement>;

/** A statement of one type of predicate; both have the same subjects. */
function statementWith<Type extends string, Predicate extends z.ZodType>(type: Type, predicate: Predicate) {
  return z.strictObject({
    _type: z.literal(statementType),
    subject: Subjects,
    predicateType: z.literal(type),
    predicate,
  });
}

/** The evidence's text without the logs' own, byte for byte as a check run shows it where there is not room for all. */
export function withoutLogText(evidence: string): string {
  const isLog = (key: string): boolean => key === "head" || key === "tail";
  const drop = (key: string, value: unknown) => (isLog(key) ? undefined : value);
  return escapeInkless(JSON.stringify(JSON.parse(evidence), drop, 2));
}
