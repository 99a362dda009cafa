import { nameCommands } from "../domain/evidence/describe-commands.ts";
import { endOfOutput } from "../domain/evidence/end-of-output.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { codeBlock, escapeMarkdown } from "../domain/text/escape-markdown.ts";

/** Who sees what is red on the base while the agent is at work can stop it in time. */
export function renderTrial(task: Task): string[] {
  const { tried } = currentAttempt(task) ?? {};
  const [run] = tried?.runs ?? [];
  if (task.state !== "running" || !tried || !run || run.exit.exitCode === 0) return [];
  const said = `**Before the work** ${nameCommands(run.command)} is ${escapeMarkdown(tried.line)}`;
  const end = endOfOutput(run.exit);
  return end === ""
    ? [said]
    : [`${said}\n\n<details><summary>The end of its output</summary>\n\n${codeBlock(end)}\n\n</details>`];
}
