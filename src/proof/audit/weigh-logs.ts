import type { Evidence, Measurement } from "../../domain/evidence/evidence.ts";
import type { Weighed } from "./weighed.ts";

/** A log that the evidence names, with its SHA-256. */
export type NamedLog = { log: string; sha256: string };

/** Every log that the evidence names. */
export function logsOf(evidence: Evidence): NamedLog[] {
  return [
    ...runsOf(evidence).map(({ log, exit }) => ({ log, sha256: exit.log.sha256 })),
    ...(evidence.assertions?.runs ?? []).map(({ log, logSha256 }) => ({ log, sha256: logSha256 })),
  ];
}

/** Every run of the command that the evidence tells of in full. */
export function runsOf(evidence: Evidence): Measurement[] {
  const { validation, validationAgain, baseline, baselineAgain } = evidence;
  const { proofOfTest, baseTests, baseTestsAgain, covered, elsewhere } = evidence;
  const around = elsewhere ? [...elsewhere.change, ...elsewhere.base, ...elsewhere.singles] : [];
  const comparisons = [proofOfTest, baseTests, baseTestsAgain, covered, ...around];
  return [validation, validationAgain, baseline, baselineAgain, ...comparisons].filter((run) => run != null);
}

/** Holds each log that the evidence names against what was found; `logs` are SHA-256 by artefact name. */
export function weighLogs(evidence: Evidence, logs: Map<string, string>): Weighed[] {
  return logsOf(evidence).map((log) => weighLog(log, logs));
}

function weighLog({ log, sha256 }: NamedLog, logs: Map<string, string>): Weighed {
  const found = logs.get(log);
  const what = `log ${log}`;
  if (found === undefined)
    return {
      what,
      holds: undefined,
      line: "not found",
      repair: "Put it beside the evidence, or name it by --log.",
    };
  const holds = found === sha256;
  const line = holds ? "it has the SHA-256 that was measured" : `its SHA-256 is ${found}, not ${sha256}`;
  return { what, holds, line, repair: "Fetch the log again: this one is not what the command wrote." };
}
