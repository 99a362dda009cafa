import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Evidence, type Measurement } from "../../src/domain/evidence/evidence.ts";
import { type Times, timeOf } from "../upstream/time-of.ts";
import type { PreparedFix } from "./prepare.ts";

const main = resolve(import.meta.dirname, "../../src/cli/main.js");
const rows = ["shown", "base tests", "assertions", "covered", "conditions", "tests"];

const brief = `### Goal

Mend what the tests of this change show.

### Non-goals

- No new options

### Validation command

\`npm test\`

### Done when

- [ ] The tests pass

### Approval boundary

- reviewer: @ada
`;

/** What came of a change; `said` is the end of what was printed where there is no evidence. */
export type ProvedFix = { evidence?: Evidence; times?: Times | undefined; said: string };

/** Takes a change through `drafthorse run`, by an agent that applies it and takes no time. */
export function proveFix({ directory, patch }: PreparedFix, within: string): ProvedFix {
  writeFileSync(join(within, "brief.md"), brief);
  const out = join(within, "out");
  const order = ["run", join(within, "brief.md"), "--repo", directory, "--out", out];
  const asked = [...order, "--agent", `exec:git apply ${patch}`];
  const { stdout } = spawnSync(process.execPath, [main, ...asked], { encoding: "utf8", timeout: 900_000 });
  const file = join(out, "evidence.json");
  if (!existsSync(file)) return { said: stdout.trim().slice(-300) };
  const evidence = Evidence.parse(JSON.parse(readFileSync(file, "utf8")));
  return { evidence, times: timeOf(out, evidence), said: "" };
}

/** Seconds of runs that were made for one row alone. */
function secondsOf({
  baseTests,
  baseTestsAgain,
  covered,
  elsewhere,
  assertions,
}: Evidence): Record<string, number> {
  const sum = (runs: (Measurement | undefined)[]) =>
    runs.reduce((ms, run) => ms + (run?.exit.durationMs ?? 0), 0) / 1000;
  return {
    "base tests": sum([baseTests, baseTestsAgain]),
    assertions: (assertions?.runs ?? []).reduce((ms, { durationMs }) => ms + durationMs, 0) / 1000,
    covered: sum([covered]),
    conditions: elsewhere ? sum([...elsewhere.change, ...elsewhere.base, ...elsewhere.singles.flat()]) : 0,
  };
}

/** Prints what each later row said; gives how many times as long the way to the pull request became by them. */
export function tellFix(name: string, evidence: Evidence, times: Times | undefined): number | undefined {
  const seconds = secondsOf(evidence);
  const later = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  const whole = times && times.toAgent + times.toPullRequest;
  const ratio = whole && whole / (whole - later);
  const way = whole
    ? `, ${whole.toFixed(1)} s to the pull request, ${ratio?.toFixed(2)} times without these rows`
    : "";
  console.log(
    `## ${name}: ${evidence.verdict}, one run ${evidence.validation ? (evidence.validation.exit.durationMs / 1000).toFixed(1) : "-"} s${way}`,
  );
  for (const { name: row, status, line, findings } of evidence.checks.filter((check) =>
    rows.includes(check.name),
  )) {
    console.log(`- ${row} ${status} (${(seconds[row] ?? 0).toFixed(1)} s): ${line}`);
    for (const { path, line: at, message } of findings.slice(0, 5))
      console.log(`  - ${path ?? ""}:${at ?? ""} ${message}`);
  }
  return ratio;
}
