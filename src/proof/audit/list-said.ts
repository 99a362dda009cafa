import type { Evidence } from "../../domain/evidence/evidence.ts";
import { runsOf } from "./weigh-logs.ts";
import type { Weighed } from "./weighed.ts";

/** What of the evidence nobody can check from here: the server, or the agent, says so. `weighed` is what was checked. */
export function listSaid(evidence: Evidence, weighed: Weighed[]): Weighed[] {
  const known = new Set(weighed.map(({ what }) => what));
  const rows = evidence.checks.filter(({ name, status }) => !known.has(name) && status !== "not measured");
  const runs = runsOf(evidence);
  const kinds = [...new Set(runs.map(({ sandbox }) => sandbox))];
  const where = kinds.includes("none") ? "not sandboxed" : "sandboxed";
  return [
    said("runs", {
      line: `${runs.length} runs ended as written, ${where}, on the server's machine`,
      repair: "Run them again here: --again.",
    }),
    said("rows", {
      line: `${rows.map(({ name, status }) => `${name} (${status})`).join(", ")} were read from the change by the server`,
      repair: "Look at the change itself.",
    }),
    said("agent", {
      line: `${evidence.agent.name} ${evidence.agent.outcome}: ${evidence.agent.cause}`,
      repair: "Its summary is quoted, and proves nothing.",
    }),
    said("time", { line: `measured at ${evidence.measuredAt}, by the server's clock`, repair: "" }),
  ];
}

function said(what: string, { line, repair }: Pick<Weighed, "line" | "repair">): Weighed {
  return { what, holds: undefined, isSaid: true, line, repair };
}
