import type { ObjectId } from "../domain/evidence/change.ts";
import { survivors } from "../domain/evidence/questions.ts";
import type { Permission } from "../domain/task/permission.ts";
import { mayWrite } from "../domain/task/permission.ts";
import { currentAttempt, type Feedback, type Task } from "../domain/task/task.ts";
import type { PullRequest } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { measuredFaults } from "./measured-faults.ts";

/** One note's share of the prompt, in characters; a longer one is cut and says so. */
const maxNote = 4_000;

/** As many notes as an agent can be expected to heed; the newest count. */
const maxNotes = 50;

/**
 * Gathers what people with write access said in review; nobody else is ever quoted to an agent. `clean` takes out what
 * a reader on GitHub does not see. Resolves also to the pull request as it then is.
 */
export async function collectFeedback(
  task: Task,
  { words, clean }: { words: string; clean: (text: string) => string },
  ports: Pick<Ports, "artefacts" | "people" | "pullRequests" | "checkRuns">,
): Promise<{ feedback: Feedback; pull: PullRequest | undefined }> {
  const pulled = task.pullRequest
    ? await ports.pullRequests.notes(task.repository, task.pullRequest)
    : undefined;
  const { pull, notes = [], hasFailedChecks } = pulled ?? {};
  const permissions = new Map<string, Permission>();
  for (const login of new Set(notes.map((note) => note.by)))
    permissions.set(login, await ports.people.permission(task.repository, login));
  const selected = selectNotes(notes, permissions).map((note) => ({ ...note, text: cut(clean(note.text)) }));
  const measured = await measuredFaults(task, ports);
  const checks = [
    ...measured,
    ...(pull && hasFailedChecks ? await failedChecks(task, pull.head, ports) : []),
  ];
  const feedback = {
    words: cut(clean(words)),
    notes: [...selected, ...openQuestions(task)],
    ...(checks.length > 0 && { checks }),
  };
  return { feedback, pull };
}

/** Changed lines that could be broken without a test noticing: measured by us, and not said by anybody. */
function openQuestions(task: Task): Feedback["notes"] {
  const { asking } = currentAttempt(task) ?? {};
  return (asking ? survivors(asking) : []).map(({ path, line, kind, before, after }) => {
    const broken = kind === "statement" ? `without \`${before}\`` : `with \`${after}\` for \`${before}\``;
    const text = `All tests pass ${broken}. Add a test that fails then, or say why none is needed.`;
    return { by: "drafthorse", path, line, text };
  });
}

/** What failed on the head by the word of others; of an output its end says what went wrong. */
async function failedChecks(
  { repository }: Task,
  head: ObjectId,
  { checkRuns }: Pick<Ports, "checkRuns">,
): Promise<NonNullable<Feedback["checks"]>> {
  const failed = await checkRuns.failed(repository, head);
  return failed.map(({ output, ...check }) => ({ ...check, output: cutToEnd(output) }));
}

function cutToEnd(text: string): string {
  return text.length > maxNote ? `(cut) … ${text.slice(-maxNote)}` : text;
}

/** The notes of writers that are no commands, the newest fifty. */
export function selectNotes(
  notes: Feedback["notes"],
  permissions: Map<string, Permission>,
): Feedback["notes"] {
  const writes = (login: string): boolean => mayWrite(permissions.get(login));
  return notes.filter(({ by, text }) => writes(by) && !text.trimStart().startsWith("/")).slice(-maxNotes);
}

function cut(text: string): string {
  return text.length > maxNote ? `${text.slice(0, maxNote)} … (cut)` : text;
}
