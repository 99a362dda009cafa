import type { ChangedFile, ObjectId } from "../../domain/evidence/change.ts";
import { type Check, checkNames, type Evidence, type Measurement } from "../../domain/evidence/evidence.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import { checkBaseTests } from "../checks/runs/check-base-tests.ts";
import { checkBaseline } from "../checks/runs/check-baseline.ts";
import { checkFlaky } from "../checks/runs/check-flaky.ts";
import { checkProofOfTest } from "../checks/runs/check-proof-of-test.ts";
import { checkShown } from "../checks/runs/check-shown.ts";
import { checkValidation } from "../checks/runs/check-validation.ts";
import { turnedByTests } from "../checks/runs/turned-by-tests.ts";
import { judge } from "../judge.ts";
import type { Series } from "../run/outcome-of.ts";
import { agreeCommands } from "./weigh-commands.ts";

/** One statement of the evidence: whether it holds, or that nobody looked (`undefined`), and what to do about it. */
export type Weighed = { what: string; holds: boolean | undefined; line: string; repair: string };

/** A commit of this attempt, as a repository has it. */
export type ProvedCommit = { commit: ObjectId; tree: ObjectId; evidenceSha256: string };

/** What a repository says: the tree of the base's commit, the differences of the two trees, the attempt's commits. */
export type RepositoryFacts = {
  baseTree: ObjectId | undefined;
  files: ChangedFile[] | undefined;
  commits: ProvedCommit[];
};

/** What was found beside the evidence; `logs` are the hashes of the log files that were found, by artefact name. */
export type FoundFacts = {
  sha256: string;
  logs: Map<string, string>;
  repository: RepositoryFacts | undefined;
};

/** Holds evidence against itself and against what was found. */
export function weighEvidence(evidence: Evidence, facts: FoundFacts): Weighed[] {
  return [
    weighVerdict(evidence),
    weighOrder(evidence),
    ...weighRows(evidence),
    ...weighTrees(evidence),
    ...weighCommands(evidence),
    ...runsOf(evidence).map((run) => weighLog(run, facts.logs)),
    ...(facts.repository
      ? weighRepository(evidence, { ...facts, repository: facts.repository })
      : [unlooked]),
  ];
}

/** Every run that the evidence tells of. */
export function runsOf(evidence: Evidence): Measurement[] {
  const { validation, validationAgain, baseline, baselineAgain } = evidence;
  const { proofOfTest, baseTests, baseTestsAgain } = evidence;
  const comparisons = [proofOfTest, baseTests, baseTestsAgain];
  return [validation, validationAgain, baseline, baselineAgain, ...comparisons].filter((run) => run != null);
}

const forged = "Do not trust this file: take it from the check run, or from the server that measured it.";

const unlooked: Weighed = {
  ...{ what: "repository", holds: undefined },
  line: `not looked at; without the commit nothing covers ${[
    "task, briefSha256, base, tree, files, setup, skippedSteps, wantedNode, proofOfTest, baseTests, baseTestsAgain, noTest, agent, historySha256, measuredAt",
    "the rows that come from no run, and what a run says beside its log",
  ].join(", ")}`,
  repair: "Name a clone that has the branch: --repo PATH.",
};

function weighVerdict({ checks, agent, verdict }: Evidence): Weighed {
  const adds = judge(checks, agent);
  const holds = adds === verdict;
  const line = holds ? `the checks add up to ${verdict}` : `it says ${verdict}; the checks add up to ${adds}`;
  return { what: "verdict", holds, line, repair: forged };
}

/** Rows that the specification got after the first evidence was written. */
const laterRows = new Set<Check["name"]>(["shown", "base tests", "conditions", "hidden text"]);

/** A row that was taken out, or one that stands before another of its name, would change the verdict unseen. */
function weighOrder({ checks }: Evidence): Weighed {
  const names = checks.map(({ name }) => name);
  const inOrder = checkNames.filter((name) => names.includes(name));
  const missing = checkNames.filter((name) => !names.includes(name) && !laterRows.has(name));
  const isWhole = names.join() === inOrder.join();
  const line = isWhole ? "every check has its row" : "they are not one of each check, in their order";
  const lacking = `without ${missing.join(", ")}`;
  const holds = isWhole && missing.length === 0;
  return { what: "rows", holds, line: missing.length > 0 ? lacking : line, repair: forged };
}

/** The rows that come from runs must be what those runs come to. */
function weighRows(evidence: Evidence): Weighed[] {
  const { validation, validationAgain, baseline, baselineAgain, proofOfTest, noTest, files, checks } =
    evidence;
  const change = seriesOf(validation, validationAgain);
  const base = seriesOf(baseline, baselineAgain);
  const baseTests = seriesOf(evidence.baseTests, evidence.baseTestsAgain);
  const runs = { files, validation: change, baseline: base, proof: seriesOf(proofOfTest), baseTests };
  const rows = [
    checkValidation(change, base),
    checkBaseline(change, base, turnedByTests(runs)),
    checkFlaky(change, base),
    checkProofOfTest(runs.proof, base),
    checkShown({ ...runs, noTest }),
    checkBaseTests(runs, []),
  ];
  return rows.flatMap((row) => {
    const told = checks.find(({ name }) => name === row.name);
    return told || !laterRows.has(row.name) ? [weighRow(row, told)] : [];
  });
}

/** A row of which earlier versions asked for attention where it passes now: whoever wrote that gained nothing by it. */
const milder: Check["name"] = "proof of test";

function weighRow(computed: Check, told: Check | undefined): Weighed {
  const { name: what, status } = computed;
  const holds =
    told?.status === status || (what === milder && told?.status === "attention" && status === "pass");
  const line = holds ? `${status}, as its runs say` : `it says ${told?.status}; its runs say ${status}`;
  return { what, holds, line, repair: forged };
}

function seriesOf(...runs: (Measurement | null | undefined)[]): Series {
  return { runs: runs.filter((run) => run != null), why: "" };
}

function weighTrees({
  validation,
  validationAgain,
  baseline,
  baselineAgain,
  tree,
  base,
}: Evidence): Weighed[] {
  const wrong = [
    ...[validation, validationAgain].filter((run) => run && run.tree !== tree),
    ...[baseline, baselineAgain].filter((run) => run && run.tree !== base.tree),
  ];
  const holds = wrong.length === 0;
  const line = holds ? "each run names the tree it is about" : `a run is about the tree ${wrong[0]?.tree}`;
  return [{ what: "runs", holds, line, repair: forged }];
}

/** Nothing is said where each run is one command. */
function weighCommands(evidence: Evidence): Weighed[] {
  const several = runsOf(evidence).filter(({ commands }) => commands);
  if (several.length === 0) return [];
  const holds = several.every(agreeCommands);
  const line = holds ? "each run ended as its commands did" : "a run and its commands ended differently";
  return [{ what: "commands", holds, line, repair: forged }];
}

function weighLog({ log, exit }: Measurement, logs: Map<string, string>): Weighed {
  const found = logs.get(log);
  const what = `log ${log}`;
  if (found === undefined)
    return {
      what,
      holds: undefined,
      line: "not found",
      repair: "Put it beside the evidence, or name it by --log.",
    };
  const holds = found === exit.log.sha256;
  const line = holds
    ? "it has the SHA-256 that was measured"
    : `its SHA-256 is ${found}, not ${exit.log.sha256}`;
  return { what, holds, line, repair: "Fetch the log again: this one is not what the command wrote." };
}

function weighRepository(
  evidence: Evidence,
  { sha256, repository }: { sha256: string; repository: RepositoryFacts },
): Weighed[] {
  const { base, tree } = evidence;
  return [
    weighBase(base, repository.baseTree),
    weighFiles(evidence.files, repository.files),
    weighCommit({ sha256, tree, commits: repository.commits, attempt: attemptOf(evidence) }),
  ];
}

function weighBase(base: Evidence["base"], found: ObjectId | undefined): Weighed {
  const what = "base tree";
  if (!found)
    return {
      what,
      holds: false,
      line: `there is no commit ${base.commit}`,
      repair: `git fetch origin ${base.ref}`,
    };
  const holds = found === base.tree;
  const line = holds ? `commit ${base.commit} has it` : `commit ${base.commit} has the tree ${found}`;
  return { what, holds, line, repair: forged };
}

function weighFiles(told: ChangedFile[], found: ChangedFile[] | undefined): Weighed {
  const what = "changed files";
  if (!found)
    return {
      what,
      holds: false,
      line: "the trees are not in the repository",
      repair: "Fetch the agent's branch.",
    };
  const holds = listOf(told) === listOf(found);
  const line = holds ? `${found.length}, as git has them` : "they are not the difference of the two trees";
  return { what, holds, line, repair: forged };
}

function listOf(files: ChangedFile[]): string {
  const sides = files.map(({ path, before, after }) => [
    ...[path, before?.mode, before?.id, after?.mode, after?.id, after?.bytes],
  ]);
  return JSON.stringify(sides.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
}

function attemptOf({ task }: Evidence): string {
  return `${taskKey(task)}/${task.attempt}`;
}

type CommitFacts = { sha256: string; tree: ObjectId; commits: ProvedCommit[]; attempt: string };

function weighCommit({ sha256, tree, commits, attempt }: CommitFacts): Weighed {
  const what = "commit";
  const [first] = commits;
  if (!first)
    return {
      what,
      holds: false,
      line: `no commit of ${attempt} is here`,
      repair: "Fetch the agent's branch.",
    };
  const named = commits.find(({ evidenceSha256 }) => evidenceSha256 === sha256);
  if (!named)
    return {
      ...{ what, holds: false, repair: forged },
      line: `${first.commit} names the evidence ${first.evidenceSha256}; this file is ${sha256}`,
    };
  const holds = named.tree === tree;
  const line = holds
    ? `${named.commit} names this file and has the tree that was validated`
    : `${named.commit} has the tree ${named.tree}, not ${tree}`;
  return { what, holds, line, repair: forged };
}
