import type { Attempt, Task } from "../domain/task/task.ts";
import { plural } from "../domain/text/plural.ts";
import { shownLine } from "./shown-text.ts";
import { durationInWords } from "./times.ts";
import { type Saying, stateSayings, verdictSayings } from "./tones.ts";

/** One attempt beside the others: its heading, what it came to, and the same rows for each. */
export type AttemptColumn = {
  heading: string;
  saying: Saying;
  rows: Record<(typeof attemptRows)[number], string>;
  /** The words that the correction was asked for with; undefined in a first attempt. */
  feedback: string | undefined;
};

/** The rows in their order. What nobody measured is said to be so, never shown as nothing. */
export const attemptRows = [
  "Asked by",
  "Agent",
  "Ended",
  "Worked",
  "Turns",
  "Cost",
  "Files",
  "Commit",
] as const;

/** The attempts of a task side by side. */
export function attemptColumns(task: Task): AttemptColumn[] {
  return task.attempts.map((attempt) => columnOf(attempt, task));
}

function columnOf(attempt: Attempt, task: Task): AttemptColumn {
  const { number, evidence, commit, change } = attempt;
  return {
    heading: number === 1 ? "First attempt" : "Correction",
    saying: evidence ? verdictSayings[evidence.verdict] : stateSayings[task.state],
    rows: {
      "Asked by": shownLine(attempt.askedBy),
      ...agentCells(attempt),
      Files: change ? String(change.files.length) : "none yet",
      Commit: commit
        ? `${commit.commit.slice(0, 8)}, ${commit.verified ? "verified" : "not verified"}`
        : "none",
    },
    feedback: attempt.feedback && shownLine(attempt.feedback.words, 1_000),
  };
}

function agentCells({ agent, session, legs = [] }: Attempt): Pick<AttemptColumn["rows"], AgentRow> {
  if (!agent) {
    const name = shownLine(session?.agent ?? "none yet");
    return { Agent: name, Ended: "not yet", Worked: "not yet", Turns: "not measured", Cost: "not reported" };
  }
  const repairs = legs.length > 1 ? ` after ${plural(legs.length - 1, "repair")}` : "";
  return {
    Agent: shownLine([agent.name, agent.version, agent.model].filter(Boolean).join(" · ")),
    Ended: `${agent.bound ? `bound: ${agent.bound}` : agent.outcome}${repairs}`,
    Worked: durationInWords(agent.durationMs),
    Turns: agent.turns == null ? "not measured" : String(agent.turns),
    Cost: agent.costUsd === null ? "not reported" : `$${agent.costUsd.toFixed(2)}`,
  };
}

type AgentRow = "Agent" | "Ended" | "Worked" | "Turns" | "Cost";
