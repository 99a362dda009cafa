import type { Asking, Questions } from "../domain/evidence/questions.ts";
import { type AcceptedTask, provedAttempt } from "../domain/task/accepted-task.ts";
import { attemptNumber } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { escapeInkless } from "../domain/text/escape-markdown.ts";
import type { Ports } from "../ports.ts";

/** Writes what was asked of the published change as a document of its own; resolves to where it lies. */
export async function keepQuestions(
  task: AcceptedTask,
  why: string,
  { artefacts, secrets }: Pick<Ports, "artefacts" | "secrets">,
): Promise<NonNullable<Asking["ended"]>> {
  const { evidence, change, asking } = provedAttempt(task);
  const questions: Questions = {
    version: 1,
    task: { ...task.id, attempt: attemptNumber(task) },
    evidenceSha256: evidence.sha256,
    tree: change.tree,
    planned: evidence.mutants ?? 1,
    why,
    questions: asking?.asked ?? [],
  };
  const artefact = `${taskKey(task.id)}/questions-${attemptNumber(task)}.json`;
  const clean = (_: string, value: unknown) => (typeof value === "string" ? secrets.redact(value) : value);
  const text = escapeInkless(JSON.stringify(questions, clean, 2));
  const { sha256 } = await artefacts.write(artefact, `${text}\n`);
  return { why, artefact, sha256 };
}
