import { type AcceptedTask, presentAttempt } from "../domain/task/accepted-task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { renderTrailers } from "../domain/task/trailers.ts";
import { plainLine } from "../domain/text/plain-line.ts";

/** The longest subject that git's own tools show whole. */
const maxSubject = 72;

/** The commit's message: the issue's title, and trailers that tie the commit to its task and evidence. */
export function renderCommitMessage(task: AcceptedTask): string {
  const { number, agent, evidence, askedBy, askedById } = presentAttempt(task);
  const what = number > 1 ? `Correct: ${task.issue.title}` : task.issue.title;
  const subject = `${plainLine(what)
    .slice(0, maxSubject - 8)
    .trim()} (#${task.id.issueNumber})`;
  const trailers = renderTrailers({
    task: taskKey(task.id),
    attempt: number,
    agent: agent?.name ?? "unknown",
    briefSha256: task.brief.sha256,
    evidenceSha256: evidence?.sha256 ?? "none",
    coAuthor: coAuthor(askedBy, askedById),
  });
  return `${subject}\n\n${trailers}\n`;
}

/** GitHub credits an account by this address, whatever its own addresses are. */
function coAuthor(login: string, id: number): string {
  return `${login} <${id ? `${id}+` : ""}${login}@users.noreply.github.com>`;
}
