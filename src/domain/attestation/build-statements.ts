import { createHash } from "node:crypto";
import { type Check, type Evidence, Measurement } from "../evidence/evidence.ts";
import { repositoryName } from "../task/repository-name.ts";
import type { PublishedCommit, Repository } from "../task/task.ts";
import {
  type AttestedRun,
  type EvidenceStatement,
  evidenceType,
  type Subjects,
  statementType,
  type TestResult,
  type TestResultStatement,
  testResultType,
  withoutLogText,
} from "./statement.ts";

/** What is attested: evidence and its very text, and the commit that has the tree which it is about. */
export type Attested = {
  evidence: Evidence;
  text: string;
  commit: Pick<PublishedCommit, "commit" | "tree">;
  repository: Pick<Repository, "owner" | "name">;
  historyHead: string | undefined;
  signedAt: string;
};

/** The statement with our own predicate. */
export function buildEvidenceStatement(attested: Attested): EvidenceStatement {
  const { evidence, text, repository, historyHead, signedAt } = attested;
  const { task, briefSha256, base, verdict, checks, agent, measuredAt } = evidence;
  return {
    _type: statementType,
    subject: subjectsOf(attested),
    predicateType: evidenceType,
    predicate: {
      evidence: { sha256: sha256(text), withoutLogTextSha256: sha256(withoutLogText(text)) },
      task,
      repository: repositoryName(repository),
      briefSha256,
      base: { ref: base.ref, commit: base.commit, tree: base.tree },
      verdict,
      checks: checks.map(({ name, status, line }) => ({ name, status, line })),
      runs: attestedRuns(evidence),
      agent: { name: agent.name, version: agent.version, outcome: agent.outcome },
      historySha256: historyHead ?? null,
      measuredAt,
      signedAt,
    },
  };
}

/** The statement with the standard predicate. */
export function buildTestResultStatement(attested: Attested): TestResultStatement {
  const { evidence } = attested;
  const named = (status: Check["status"]): string[] =>
    evidence.checks.filter((check) => check.status === status).map(({ name }) => name);
  return {
    _type: statementType,
    subject: subjectsOf(attested),
    predicateType: testResultType,
    predicate: {
      result: results[evidence.verdict],
      configuration: [{ name: "brief", digest: { sha256: evidence.briefSha256 } }],
      passedTests: named("pass"),
      warnedTests: named("attention"),
      failedTests: named("fail"),
    },
  };
}

const results: Record<Evidence["verdict"], TestResult["result"]> = {
  passed: "PASSED",
  "needs-attention": "WARNED",
  failed: "FAILED",
  incomplete: "FAILED",
};

function subjectsOf({ text, commit }: Attested): Subjects {
  return [
    { name: "commit", digest: { gitCommit: commit.commit } },
    { name: "tree", digest: { gitTree: commit.tree } },
    { name: "evidence.json", digest: { sha256: sha256(text) } },
  ];
}

/** Every field of the evidence that is a run, in their order, so that one that is added later is signed as well. */
function attestedRuns(evidence: Evidence): AttestedRun[] {
  return Object.entries(evidence).flatMap(([name, value]) => {
    const run = Measurement.safeParse(value);
    if (!run.success) return [];
    const { tree, command, sandbox, exit } = run.data;
    const { exitCode, signal, endedBy, durationMs, log } = exit;
    return [{ name, tree, command, sandbox, exitCode, signal, endedBy, durationMs, logSha256: log.sha256 }];
  });
}

/** The SHA-256 of a text as it was written: a copy may have other ends of lines, or lack the last one. */
export function sha256(text: string): string {
  const written = `${text.replaceAll("\r\n", "\n").trimEnd()}\n`;
  return createHash("sha256").update(written).digest("hex");
}
