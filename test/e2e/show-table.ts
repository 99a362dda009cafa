import type { Trace } from "./kill.ts";
import type { Finding } from "./run-moments.ts";

/** Prints what became of each killing: the moment, the last durable step that the ledger had by then, the outcome. */
export function showTable(title: string, rows: Finding[]): void {
  const cells = rows.map(({ killed, trace }) => [
    killed.moment.name,
    trace.lastStep,
    `${(killed.recoveryMs / 1_000).toFixed(1)} s`,
    String(trace.ledger.attempts.at(-1)?.starts),
    outcome(trace),
  ]);
  const all = [["killed at", "last durable step", "recovered in", "starts", "outcome"], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | "));
  process.stdout.write(`\n${title}\n${lines.join("\n")}\n\n`);
}

function outcome({ branches, commits, pullRequests, statusComments, checkRuns, ledger }: Trace): string {
  return [
    ledger.state,
    `${branches.length} branch`,
    `${commits.length} commit`,
    `${pullRequests.length} PR`,
    `${statusComments.length} status comment`,
    `${checkRuns.length} check run`,
  ].join(", ");
}
