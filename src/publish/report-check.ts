import type { ObjectId } from "../domain/evidence/change.ts";
import { attemptNumber, currentAttempt, type Task } from "../domain/task/task.ts";
import { attemptKey } from "../domain/task/task-id.ts";
import type { CheckReport } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "./read-proof.ts";
import { renderCheck } from "./render-check.ts";
import { renderQuestions } from "./render-questions.ts";
import { renderScopeCheck } from "./render-scope-check.ts";
import type { ShownStatements } from "./render-statements.ts";

/**
 * Puts the check runs `drafthorse/validation`, with the evidence, and `drafthorse/scope` on a commit; resolves to the time.
 * `isNew`: no earlier run of this can have put them there. `beside` are check runs that are reported with them.
 */
export async function reportCheck(
  task: Task,
  { commit: head, isNew = false, beside = [] }: { commit: ObjectId; isNew?: boolean; beside?: CheckReport[] },
  ports: Pick<Ports, "clock" | "artefacts" | "checkRuns" | "signer">,
): Promise<string> {
  const proof = await readProof(task, ports);
  if (proof) {
    const at = { head, externalId: attemptKey(task.id, attemptNumber(task)), ...(isNew && { among: [] }) };
    const signed = await readStatements(task, ports);
    const validation = renderCheck({ ...proof, questions: renderQuestions(task), signed });
    await ports.checkRuns.report(task.repository, [
      { name: "drafthorse/validation", ...at, ...validation },
      { name: "drafthorse/scope", ...at, ...renderScopeCheck(proof.evidence) },
      ...beside,
    ]);
  }
  return ports.clock.now().toISOString();
}

/** The signed statements of the present attempt, and the key that signed them. */
async function readStatements(
  task: Task,
  { artefacts, signer }: Pick<Ports, "artefacts" | "signer">,
): Promise<ShownStatements | undefined> {
  const { attestations = [] } = currentAttempt(task) ?? {};
  const key = (await signer.keys()).find(({ sha256 }) => sha256 === attestations[0]?.keySha256);
  if (!key) return undefined;
  const bundles = attestations.map(async ({ name, artefact }) => {
    const bytes = await artefacts.read(artefact);
    return { name, text: bytes && Buffer.from(bytes).toString("utf8").trim() };
  });
  return { bundles: await Promise.all(bundles), key, keysUrl: signer.keysUrl };
}
