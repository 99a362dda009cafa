import type { ConfigurationProblem } from "../domain/rules/configuration-problem.ts";
import { type Hold, isTurnHold } from "../domain/task/hold.ts";
import { holdWords } from "../domain/task/hold-words.ts";
import { withStop } from "../domain/text/full-stop.ts";
import { asMarkdown } from "../domain/text/words.ts";
import { listGaps } from "./render-protection.ts";

/** How many problems of a configuration are named one by one. */
const named = 20;

/** What keeps a task waiting, and what releases it: one line where the scheduler holds it, else a paragraph each. */
export function renderHold(hold: Hold, label: string): string {
  const { why, releasedBy, problems, gaps } = holdWords(hold, label);
  const branch = hold.kind === "protection" ? hold.protection.branch : "";
  const list = [...listProblems(problems), ...(gaps.length > 0 ? [listGaps(gaps, branch)] : [])];
  const stop = list.length > 0 ? ":" : ".";
  const parts = [
    `**Hold** (${hold.kind}): ${withStop(asMarkdown(why), stop)}`,
    ...(list.length > 0 ? [list.join("\n")] : []),
    `**Released by:** ${withStop(asMarkdown(releasedBy))}`,
  ];
  return parts.join(isTurnHold(hold) ? " " : "\n\n");
}

function listProblems(problems: ConfigurationProblem[]): string[] {
  const list = problems
    .slice(0, named)
    .map(({ line, message, repair }, at) => `${at + 1}. Line ${line}: ${message}\n   *Repair:* ${repair}`);
  return problems.length > named ? [...list, `\nAnd ${problems.length - named} more.`] : list;
}
