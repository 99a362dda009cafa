import { buildEvidenceStatement, buildTestResultStatement } from "../domain/attestation/build-statements.ts";
import { bytesToSign, readBundle, writeBundle } from "../domain/attestation/bundle.ts";
import { type Attempt, attemptNumber, type PublishedCommit, type Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "./read-proof.ts";

type Attestations = NonNullable<Attempt["attestations"]>;

/**
 * Signs what the evidence says of the published commit, and keeps it as Sigstore bundles; none where this process has no
 * key. A bundle that is there already, from before a crash, is taken as it is.
 */
export async function attest(
  task: Task,
  commit: PublishedCommit,
  ports: Pick<Ports, "clock" | "artefacts" | "signer">,
): Promise<Attestations> {
  const proof = await readProof(task, ports);
  if (!proof) return [];
  const { repository, historyHead } = task;
  const signedAt = ports.clock.now().toISOString();
  const attested = { ...proof, commit, repository, historyHead, signedAt };
  const statements = {
    evidence: buildEvidenceStatement(attested),
    "test-result": buildTestResultStatement(attested),
  };
  const made: Attestations = [];
  for (const [what, statement] of Object.entries(statements)) {
    const name = `${what}-${attemptNumber(task)}.sigstore.json`;
    const artefact = `${taskKey(task.id)}/${name}`;
    const keySha256 = await signOnce({ artefact, payload: JSON.stringify(statement) }, ports);
    if (keySha256 !== undefined) made.push({ name, artefact, keySha256 });
  }
  return made;
}

/** Resolves to the hash of the key that signed; undefined where nobody can sign. */
async function signOnce(
  { artefact, payload }: { artefact: string; payload: string },
  { signer, artefacts }: Pick<Ports, "artefacts" | "signer">,
): Promise<string | undefined> {
  const known = await artefacts.read(artefact);
  const read = known && readBundle(Buffer.from(known).toString("utf8"));
  if (read && "payload" in read) return read.keySha256;
  const signed = await signer.sign(bytesToSign(payload));
  if (signed === "none") return undefined;
  await artefacts.write(artefact, `${writeBundle(payload, signed)}\n`);
  return signed.key.sha256;
}
