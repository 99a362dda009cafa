import { noting } from "../domain/task/lease.ts";
import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import type { Issue } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { judgeAsked } from "./judge-asked.ts";

/**
 * Writes down how the issue's text as `look` shows it differs from the one that was asked for: a later text is shown and never
 * taken, whoever wrote it. It takes no lock: while a brief is incomplete the later text is judged, which may take minutes.
 * Resolves to the task as it then is.
 */
export async function compareText(
  task: Task,
  look: () => Promise<Issue | undefined>,
  ports: Ports,
): Promise<Task> {
  if (isEnded(task.state)) return task;
  const issue = await look();
  if (!issue || isEditedText({ body: issue.body, title: issue.title }, task)) return task;
  const edited = await laterText(task, issue, ports);
  const at = ports.clock.now().toISOString();
  return ports.tasks.change(task.id, (present) => {
    const isPast = isEnded(present.state) || present.askedIn !== task.askedIn;
    const isKnown = edited?.body === present.edited?.body && edited?.title === present.edited?.title;
    if (isPast || isKnown) return undefined;
    return noting(present, { edited }, { at, what: edited ? "text edited" : "text edited back" });
  });
}

type PresentText = { title: string; body: string };

function isEditedText({ title, body }: PresentText, { issue, edited }: Task): boolean {
  return edited !== undefined && body === edited.body && title === (edited.title ?? issue.title);
}

/** Of a title only the one that was frozen beside an accepted brief is of interest. */
async function laterText(task: Task, { title, body }: PresentText, ports: Ports): Promise<Task["edited"]> {
  const { brief, issue, repository, askedBy } = task;
  const isOther = withPlainEnds(body) !== withPlainEnds(issue.body);
  const renamed = brief && title !== issue.title ? { title } : {};
  if (!isOther && !("title" in renamed)) return undefined;
  if (brief) return { body: isOther ? body : issue.body, ...renamed, problems: [] };
  const { judgement } = await judgeAsked({ repository, by: askedBy, issue: { ...issue, body } }, ports);
  return { body, problems: "problems" in judgement ? judgement.problems : [] };
}

/** The same text in the same words: forms on the web end lines in their own way. */
function withPlainEnds(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}
