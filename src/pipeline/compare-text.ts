import { parseBrief } from "../brief/parse-brief.ts";
import { noting } from "../domain/lease.ts";
import { isEnded } from "../domain/state.ts";
import type { Task } from "../domain/task.ts";
import type { Ports } from "../ports.ts";

/**
 * Writes down how the issue's text as it is now differs from the one that was asked for: a later text is shown and never
 * taken, whoever wrote it. Resolves to the task as it then is.
 */
export async function compareText(task: Task, ports: Ports): Promise<Task> {
  if (isEnded(task.state)) return task;
  const issue = await ports.issues.read({ repository: task.repository, number: task.id.issueNumber });
  if (!issue) return task;
  const at = ports.clock.now().toISOString();
  return ports.tasks.change(task.id, (present) => {
    const edited = laterText(present, issue.body);
    if (isEnded(present.state) || edited?.body === present.edited?.body) return undefined;
    return noting(present, { edited }, { at, what: edited ? "text edited" : "text edited back" });
  });
}

function laterText({ brief, issue }: Task, body: string): Task["edited"] {
  if (plain(body) === plain(issue.body)) return undefined;
  const later = brief ? undefined : parseBrief(body);
  return { body, problems: later && "problems" in later ? later.problems : [] };
}

/** The same text in the same words: forms on the web end lines in their own way. */
function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}
