import { codeBlock, escapeMarkdown } from "../domain/escape-markdown.ts";
import type { Task } from "../domain/task.ts";
import { fieldNames } from "./fields.ts";
import { parseBrief } from "./parse-brief.ts";
import { renderField } from "./render-brief.ts";

/** The part of the status comment that is about the brief: what it was read as, or what it lacks. */
export function renderBriefPart(task: Task): string {
  const parsed = parseBrief(task.issue.body);
  const found = "brief" in parsed ? parsed.brief : parsed.partial;
  const text = fieldNames.map((field) => renderField(field, found)).join("\n");
  if (task.brief)
    return `<details><summary>The brief as understood (${task.brief.sha256.slice(0, 12)})</summary>\n\n${codeBlock(text, "markdown")}\n\n</details>`;
  const problems = task.problems.map(
    ({ line, field, message, repair }) =>
      `- line ${line}, **${escapeMarkdown(field)}**: ${escapeMarkdown(message)} ${escapeMarkdown(repair)}`,
  );
  return [...problems, "", codeBlock(text, "markdown")].join("\n");
}
