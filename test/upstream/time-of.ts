import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Evidence } from "../../src/domain/evidence/evidence.ts";
import { HistoryLine } from "../../src/domain/task/task.ts";
import { runsOf } from "../../src/proof/audit/weigh-logs.ts";

/**
 * Where the time of one attempt went, in seconds. `toAgent` is from the label to the agent's begin, `toPullRequest` from the
 * agent's end to the draft; of both together `setUp` is what set-up took on the base, `command` one run of the command on
 * the change, `runs` all its runs, and `ours` the rest.
 */
export type Times = {
  toAgent: number;
  toPullRequest: number;
  setUp: number;
  command: number;
  runs: number;
  ours: number;
};

/** Reads the times from what `drafthorse run` kept; nothing where no pull request was opened. */
export function timeOf(out: string, evidence: Evidence): Times | undefined {
  const file = join(out, "history.jsonl");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const at = new Map(
    lines.map((line) => HistoryLine.parse(JSON.parse(line))).map((line) => [line.what, Date.parse(line.at)]),
  );
  const [asked, checkedOut, tried] = ["asked for", "checked out", "tried"].map((what) => at.get(what) ?? 0);
  const opened = at.get("PR opened");
  const { agent, validation, baseline, baselineAgain } = evidence;
  if (opened === undefined || !asked || !checkedOut || !tried || !validation) return undefined;
  const sum = (runs: (typeof validation)[]) => runs.reduce((ms, { exit }) => ms + exit.durationMs, 0);
  const ofBase = [baseline, baselineAgain].filter((run) => run != null);
  const setUp = Math.max(0, tried - checkedOut - sum(ofBase));
  const broken = (evidence.assertions?.runs ?? []).reduce((ms, { durationMs }) => ms + durationMs, 0);
  const all = sum(runsOf(evidence)) + broken;
  const toAgent = tried - asked;
  const toPullRequest = opened - tried - agent.durationMs;
  return inSeconds({
    ...{ toAgent, toPullRequest, setUp, command: validation.exit.durationMs, runs: all },
    ours: toAgent + toPullRequest - setUp - all,
  });
}

function inSeconds(times: Times): Times {
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, ms / 1000])) as Times;
}

/** The times of several attempts as a table. */
export function renderTimes(rows: [string, Times][]): string {
  const head = ["", "label → agent", "agent → PR", "of it: set-up", "one run", "all runs", "ours"];
  const cells = rows.map(([name, { toAgent, toPullRequest, setUp, command, runs, ours }]) => [
    name,
    ...[toAgent, toPullRequest, setUp, command, runs, ours].map((seconds) => `${seconds.toFixed(1)} s`),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...cells]
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))),
    )
    .map((row) => row.join("  "))
    .join("\n");
}
