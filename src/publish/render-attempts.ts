import type { Attempt, Task } from "../domain/task/task.ts";
import { escapeCell } from "../domain/text/escape-markdown.ts";
import { folded } from "./folded.ts";
import { renderCost, renderOutcome, renderSeconds, renderTurns } from "./render-agent-facts.ts";
import { renderAside, renderRepairs } from "./render-repairs.ts";

type Column = {
  head: string;
  cell: (attempt: Attempt) => string;
  /** Whether the cell tells something; a column in which none does is left out. */
  tells?: (attempt: Attempt) => boolean;
};

const columns: Column[] = [
  { head: "#", cell: ({ number }) => String(number) },
  { head: "asked by", cell: ({ askedBy }) => escapeCell(askedBy) },
  {
    head: "agent",
    cell: ({ agent }) =>
      escapeCell(agent ? [agent.name, agent.version, agent.model].filter(Boolean).join(" ") : ""),
    tells: ({ agent }) => agent !== undefined,
  },
  { head: "result", cell: renderResult },
  { head: "cost", cell: ({ agent }) => renderCost(agent), tells: ({ agent }) => agent?.costUsd != null },
  { head: "turns", cell: ({ agent }) => renderTurns(agent), tells: ({ agent }) => agent?.turns != null },
  { head: "seconds", cell: ({ agent }) => renderSeconds(agent), tells: ({ agent }) => agent !== undefined },
  { head: "commit", cell: renderMade, tells: ({ commit }) => commit !== undefined },
];

/** The ledger of attempts as a folded table: who asked, which agent, what came of it, what it cost. */
export function renderAttempts({ attempts }: Task): string {
  const shown = columns.filter(({ tells }) => !tells || attempts.some(tells));
  const rows = [
    shown.map(({ head }) => head),
    shown.map(() => "---"),
    ...attempts.map((attempt) => shown.map(({ cell }) => cell(attempt))),
  ];
  const table = rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return folded(`Attempts: ${attempts.length}`, [table, ...renderAside(attempts)]);
}

/** A bare commit id is shortened and linked by GitHub. */
function renderMade({ commit }: Attempt): string {
  if (!commit) return "none";
  return `${commit.commit}${commit.verified ? " (verified)" : " (not verified)"}`;
}

function renderResult({ agent, evidence, failure }: Attempt): string {
  const cause = failure?.kind ?? (agent && agent.outcome !== "finished" ? renderOutcome(agent) : undefined);
  if (evidence?.withheld) return "withheld: a secret was found, nothing of it was published";
  const verdict = evidence?.verdict ?? (failure || agent ? "none" : "under way");
  const notes = [cause, renderRepairs(agent)].filter(Boolean).join(", ");
  return notes ? `${verdict} (${notes})` : verdict;
}
