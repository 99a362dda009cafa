import { currentAttempt, type Task } from "../domain/task/task.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";

/** Why an attempt left nothing to publish. */
export function renderNothing(task: Task): string {
  const { agent, change } = currentAttempt(task) ?? {};
  const [inside] = change?.inSubmodules ?? [];
  if (inside !== undefined)
    return `What the agent edited lies in a submodule, such as ${inlineCode(inside)}: a submodule is changed in its own repository.`;
  if ((change?.trimmed?.paths.length ?? 0) > 0) return "Nothing of what the agent left may be published.";
  if (agent?.outcome === "failed")
    return `The agent failed before it changed a file: ${escapeMarkdown(agent.cause)}.`;
  if (agent && agent.outcome !== "finished")
    return `The agent was stopped before it changed a file: ${escapeMarkdown(agent.cause)}.`;
  return "The agent ended without changing a file.";
}
