import type { BoundName } from "../../domain/evidence/bound.ts";
import type { AgentReport } from "../../domain/evidence/evidence.ts";
import type { AgentBounds, TreeBound } from "../../ports/workshop.ts";
import type { WorkBound } from "./watch-work.ts";

/** How the work of an agent ended, and why, in our words. */
export type AgentEnding = Pick<AgentReport, "outcome" | "cause" | "bound">;

/** The ending that we put to the work ourselves. */
export function stoppedBy(what: WorkBound | TreeBound, bounds: AgentBounds): AgentEnding {
  if (what === "cancel") return { outcome: "cancelled", cause: "cancelled on request" };
  return { outcome: "bound", bound: what, cause: `stopped at the ${boundInWords(what, bounds)}` };
}

function boundInWords(what: BoundName, bounds: AgentBounds): string {
  switch (what) {
    case "time":
      return `time bound of ${durationWords(bounds.totalMs)}`;
    case "silence":
      return `silence bound: no output for ${durationWords(bounds.silenceMs)}`;
    case "cost":
      return `cost bound of $${bounds.usd?.toFixed(2)}`;
    case "turns":
      return `turns bound: all ${bounds.turns.limit} turns of the attempt are used`;
    case "memory":
    case "processes":
    case "disk":
      return `bound of ${what}`;
  }
}

function durationWords(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 1_000)} seconds`;
  return `${Math.round(milliseconds / 60_000)} minutes`;
}
