import type { Task } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";

/** The answer to a command that was refused: the reason, and that nothing came of it. */
export function renderRefusal(
  task: Task,
  { by, command, why }: { by: string; command: string; why: string },
): string {
  return [
    marker(task.id, "answer"),
    `${inlineCode(command)} by ${inlineCode(by)} was refused: ${escapeMarkdown(why)} Nothing was ${command === "/approve" ? "approved" : "started"}.`,
  ].join("\n\n");
}
