import { escapeMarkdown, inlineCode } from "../domain/escape-markdown.ts";
import type { Task } from "../domain/task.ts";
import { marker } from "../domain/task-id.ts";

/** The answer to a command that was refused: the reason, and nothing was started. */
export function renderRefusal(
  task: Task,
  { by, command, why }: { by: string; command: string; why: string },
): string {
  return [
    marker(task.id, "answer"),
    `${inlineCode(command)} by ${inlineCode(by)} was refused: ${escapeMarkdown(why)} Nothing was started.`,
  ].join("\n\n");
}
