import type { AgentReport } from "../../domain/evidence.ts";
import type { AgentBounds, TreeBound } from "../../ports/workshop.ts";
import type { Met } from "./watch-work.ts";

/** How the work of an agent ended, and why, in our words. */
export type Ending = Pick<AgentReport, "outcome" | "cause">;

/** The ending that we put to the work ourselves. */
export function stoppedBy(what: Met | TreeBound, bounds: AgentBounds): Ending {
  switch (what) {
    case "time":
      return { outcome: "bound", cause: `stopped at the time bound of ${inWords(bounds.totalMs)}` };
    case "silence":
      return {
        outcome: "bound",
        cause: `stopped at the silence bound: no output for ${inWords(bounds.silenceMs)}`,
      };
    case "cost":
      return { outcome: "bound", cause: `stopped at the cost bound of $${bounds.usd?.toFixed(2)}` };
    case "memory":
    case "processes":
    case "disk":
      return { outcome: "bound", cause: `stopped at the bound of ${what}` };
    case "cancel":
      return { outcome: "cancelled", cause: "cancelled on request" };
  }
}

function inWords(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 1_000)} seconds`;
  return `${Math.round(milliseconds / 60_000)} minutes`;
}
