import { noting } from "../domain/lease.ts";
import { isEnded } from "../domain/state.ts";
import type { Task } from "../domain/task.ts";
import type { Ports } from "../ports.ts";
import { judgeAsked } from "./judge-asked.ts";

/**
 * Writes down how the issue's text as it is now differs from the one that was asked for: a later text is shown and never
 * taken, whoever wrote it. While a brief is incomplete the later text is judged, which may take minutes: callers hold no
 * lock then. Resolves to the task as it then is.
 */
export async function compareText(task: Task, ports: Ports): Promise<Task> {
  if (isEnded(task.state)) return task;
  const issue = await ports.issues.read({ repository: task.repository, number: task.id.issueNumber });
  if (!issue || issue.body === task.edited?.body) return task;
  const edited = await laterText(task, issue.body, ports);
  const at = ports.clock.now().toISOString();
  return ports.tasks.change(task.id, (present) => {
    const isPast = isEnded(present.state) || present.askedIn !== task.askedIn;
    if (isPast || edited?.body === present.edited?.body) return undefined;
    return noting(present, { edited }, { at, what: edited ? "text edited" : "text edited back" });
  });
}

async function laterText(task: Task, body: string, ports: Ports): Promise<Task["edited"]> {
  const { brief, issue, repository, askedBy } = task;
  if (plain(body) === plain(issue.body)) return undefined;
  if (brief) return { body, problems: [] };
  const { judgement } = await judgeAsked({ repository, by: askedBy, issue: { ...issue, body } }, ports);
  return { body, problems: "problems" in judgement ? judgement.problems : [] };
}

/** The same text in the same words: forms on the web end lines in their own way. */
function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}
