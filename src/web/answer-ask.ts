import type { Context } from "hono";
import { CommentAsk } from "../domain/task/comment-ask.ts";
import type { Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { findTask } from "./find-task.ts";
import type { PageSources } from "./page.ts";
import type { PageEnv } from "./viewer.ts";

/** As many characters of words are taken at most; GitHub takes 65,536 in a comment. */
export const mostWords = 20_000;

/**
 * Writes the comment of a button in the viewer's name, and nothing else: GitHub tells us of it as of any other, and who may
 * ask for what is judged there. Undefined: there is no such task for this viewer, or nobody who could comment.
 */
export async function answerAsk(
  context: Context<PageEnv>,
  sources: PageSources,
): Promise<Response | undefined> {
  const viewer = context.get("viewer");
  const task = await findTask({ viewer, params: context.req.param() }, sources);
  if (!task || !viewer.say) return undefined;
  const form = new URLSearchParams(await context.req.text());
  const ask = CommentAsk.safeParse(form.get("ask")).data;
  if (ask === undefined || !sources.askable(task).includes(ask)) return back(context, task, "late");
  const at = { repository: task.repository, number: numberFor(ask, task) };
  const said = await viewer.say(at, commentOf(ask, form.get("words") ?? ""));
  sources.ports.log.info({ task: task.id, ask, by: viewer.login, said }, "asked by a button");
  return back(context, task, said === "said" ? ask : "refused");
}

/** A correction is asked for where the work is, everything else where the task was asked for. */
function numberFor(ask: CommentAsk, { pullRequest, id }: Task): number {
  return ask === "retry" ? (pullRequest ?? id.issueNumber) : id.issueNumber;
}

function commentOf(ask: CommentAsk, words: string): string {
  return ask === "retry" ? `/retry ${words.trim().slice(0, mostWords)}`.trim() : `/${ask}`;
}

function back(context: Context<PageEnv>, task: Task, asked: CommentAsk | "late" | "refused"): Response {
  return context.redirect(`/tasks/${taskKey(task.id)}?asked=${asked}`, 303);
}
