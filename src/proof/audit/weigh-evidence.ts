import { checkNames, factsOfCheck } from "../../domain/evidence/checks.ts";
import type { Check, Evidence, Measurement } from "../../domain/evidence/evidence.ts";
import { checkAssertions } from "../checks/assertions/check-assertions.ts";
import { checkBaseTests } from "../checks/runs/check-base-tests.ts";
import { checkBaseline } from "../checks/runs/check-baseline.ts";
import { checkFlaky } from "../checks/runs/check-flaky.ts";
import { checkProofOfTest } from "../checks/runs/check-proof-of-test.ts";
import { checkShown } from "../checks/runs/check-shown.ts";
import { checkValidation } from "../checks/runs/check-validation.ts";
import { readRuns } from "../checks/runs/read-runs.ts";
import { judge, withoutAgent } from "../judge.ts";
import type { Series } from "../run/outcome-of.ts";
import { agreeElsewhere } from "./weigh-around.ts";
import { agreeCommands } from "./weigh-commands.ts";
import { agreeCovered } from "./weigh-covered.ts";
import { runsOf, weighLogs } from "./weigh-logs.ts";
import { type RepositoryFacts, weighRepository } from "./weigh-repository.ts";
import { forged, type Weighed } from "./weighed.ts";

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
    { what: "covered", ...agreeCovered(evidence), repair: forged },
    { what: "surroundings", ...agreeElsewhere(evidence, bothSeries(evidence)), repair: forged },
    ...weighTrees(evidence),
    ...weighCommands(evidence),
    ...weighLogs(evidence, facts.logs),
    ...(facts.repository
      ? weighRepository(evidence, { ...facts, repository: facts.repository })
      : [unlooked]),
  ];
}

const unlooked: Weighed = {
  ...{ what: "repository", holds: undefined },
  line: `not looked at; without the commit nothing covers ${[
    "task, briefSha256, base, tree, files, setup, skippedSteps, wantedTools, wantedNode, proofOfTest, baseTests, baseTestsAgain, assertions, covered, elsewhere, pushed, noTest, agent, historySha256, measuredAt",
    "the rows that come from no run, and what a run says beside its log",
  ].join(", ")}`,
  repair: "Name a clone that has the branch: --repo PATH.",
};

function weighVerdict({ checks, agent, pushed, verdict }: Evidence): Weighed {
  const adds = judge(checks, pushed ? withoutAgent : agent);
  const holds = adds === verdict;
  const line = holds ? `the checks add up to ${verdict}` : `it says ${verdict}; the checks add up to ${adds}`;
  return { what: "verdict", holds, line, repair: forged };
}

/** A row that was taken out, or one that stands before another of its name, would change the verdict unseen. */
function weighOrder({ checks }: Evidence): Weighed {
  const names = checks.map(({ name }) => name);
  const inOrder = checkNames.filter((name) => names.includes(name));
  const missing = checkNames.filter(
    (name) => !names.includes(name) && factsOfCheck(name).before !== "absent",
  );
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
  const runs = readRuns({
    files,
    validation: change,
    baseline: base,
    proof: seriesOf(proofOfTest),
    baseTests,
  });
  const rows = [
    checkValidation(change, base),
    checkBaseline(change, base, runs.turned),
    checkFlaky(change, base),
    checkProofOfTest(runs.proof, base),
    checkShown({ ...runs, noTest }),
    checkBaseTests(runs, []),
    checkAssertions(evidence.assertions),
  ];
  return rows.flatMap((row) => {
    const told = checks.find(({ name }) => name === row.name);
    return told || factsOfCheck(row.name).before !== "absent" ? [weighRow(row, told)] : [];
  });
}

function weighRow(computed: Check, told: Check | undefined): Weighed {
  const { name: what, status } = computed;
  // Whoever wrote of an honest change that it needs attention gained nothing by it.
  const isStricter = factsOfCheck(what).before === "stricter" && told?.status === "attention";
  const holds = told?.status === status || (isStricter && status === "pass");
  const line = holds ? `${status}, as its runs say` : `it says ${told?.status}; its runs say ${status}`;
  return { what, holds, line, repair: forged };
}

function bothSeries({ validation, validationAgain, baseline, baselineAgain }: Evidence) {
  return {
    validation: seriesOf(validation, validationAgain),
    baseline: seriesOf(baseline, baselineAgain),
  };
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
