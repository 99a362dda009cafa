import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import type { CodePlace } from "./code-places.ts";
import type { WasRun } from "./weigh-trace.ts";

/**
 * A place of a changed file that the change wrote, with the first of its changed lines, and whether it was run. Without a
 * `place` it is a line of a language of which no tree is made here.
 */
export type ChangedPlace = { path: string; line: number; last: number; ran: WasRun; place?: CodePlace };

/** The changed places and what they were held against; `why` says why nothing was measured, where nothing was. */
export type CoveredFacts = {
  places: ChangedPlace[];
  why: string;
  noTest: string | undefined;
  /** The files of coverage which the command wrote, as far as they told of lines that no runtime did. */
  reports?: string[] | undefined;
};

/** More findings than this say nothing new. */
const mostFindings = 50;
const mostReports = 3;

/**
 * The check `covered`: changed lines outside tests that no test ran. Attention where none of them was run, for then nothing
 * that is green speaks of the change; where some were, the others are findings of a row that passes.
 */
export function checkCovered({ places, why, noTest, reports = [] }: CoveredFacts): CheckRow<"covered"> {
  const name = "covered";
  if (why !== "") return { name, status: "not measured", line: why, findings: [] };
  if (places.length === 0)
    return { name, status: "pass", line: "no line that is run was changed outside the tests", findings: [] };
  const ran = places.filter((place) => place.ran === true);
  const missed = places.filter((place) => place.ran === false);
  if (ran.length + missed.length === 0) return { name, status: "not measured", line: unsure, findings: [] };
  const told = ran.length + missed.length;
  const line =
    missed.length === 0
      ? `the run reached ${told === 1 ? "the changed statement" : `each of ${told} changed statements`}`
      : `the run did not reach ${missed.length} of ${told} changed statements`;
  const isLoud = ran.length === 0 && noTest === undefined;
  const by = reports.length > 0 ? ` (by ${reports.slice(0, mostReports).join(", ")})` : "";
  return {
    name,
    status: isLoud ? "attention" : "pass",
    line: `${line}${by}`,
    findings: inRows(missed),
  };
}

const unsure =
  "No changed line could be told apart in what was run: it was run from a build without source maps.";

/** One finding for neighbours. */
function inRows(missed: ChangedPlace[]): Finding[] {
  const rows: { path: string; line: number; last: number }[] = [];
  const sorted = missed.toSorted((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
  for (const { path, line, last } of sorted) {
    const row = rows.at(-1);
    if (row && row.path === path && line <= row.last + 1) row.last = Math.max(row.last, last);
    else rows.push({ path, line, last });
  }
  return rows.slice(0, mostFindings).map(({ path, line, last }) => ({
    ...{ path, line },
    message: last > line ? `No test ran lines ${line} to ${last}.` : "No test ran this line.",
  }));
}
