import type { Attempt, Task } from "../domain/task/task.ts";
import { escapeCell } from "../domain/text/escape-markdown.ts";
import { renderCost, renderOutcome, renderSeconds, renderTurns } from "./render-agent-facts.ts";
import { renderAside, renderRepairs } from "./render-repairs.ts";

/** The ledger of attempts as a table: who asked, which agent, what came of it, what it cost. */
export function renderAttempts(task: Task): string {
  const rows = [
    "| # | asked by | agent | result | cost | turns | seconds | commit |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...task.attempts.map(attemptRow),
  ];
  return ["### Attempts", rows.join("\n"), ...renderAside(task.attempts)].join("\n\n");
}

function attemptRow(attempt: Attempt): string {
  const { number, askedBy, agent, commit } = attempt;
  // A bare commit id is shortened and linked by GitHub.
  const made = commit ? `${commit.commit}${commit.verified ? "" : " (not verified)"}` : "none";
  const cells = [
    number,
    escapeCell(askedBy),
    escapeCell(agent ? [agent.name, agent.version, agent.model].filter(Boolean).join(" ") : ""),
    renderResult(attempt),
    renderCost(agent),
    renderTurns(agent),
    renderSeconds(agent),
    made,
  ];
  return `| ${cells.join(" | ")} |`;
}

function renderResult({ agent, evidence, failure }: Attempt): string {
  const cause = failure?.kind ?? (agent && agent.outcome !== "finished" ? renderOutcome(agent) : undefined);
  if (evidence?.withheld) return "withheld: a secret was found, nothing of it was published";
  const verdict = evidence?.verdict ?? (failure || agent ? "none" : "under way");
  const notes = [cause, renderRepairs(agent)].filter(Boolean).join(", ");
  return notes ? `${verdict} (${notes})` : verdict;
}
