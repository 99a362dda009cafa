import type { Change, ChangedFile } from "../domain/evidence/change.ts";
import { type CheckName, checkNames } from "../domain/evidence/checks.ts";
import type {
  AgentReport,
  Check,
  ElsewhereRuns,
  Evidence,
  Measurement,
  RowsBy,
} from "../domain/evidence/evidence.ts";
import type { Mutant, Mutants } from "../domain/evidence/questions.ts";
import { type AcceptedTask, presentAttempt } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import { proofName } from "../domain/task/newest-proof.ts";
import { noTestOf } from "../domain/task/no-test.ts";
import { setupFact } from "../domain/task/setup-of.ts";
import { type Attempt, attemptNumber } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { escapeInkless } from "../domain/text/escape-markdown.ts";
import type { MeasuringPorts, Ports } from "../ports.ts";
import { checkAssertions } from "./checks/assertions/check-assertions.ts";
import { weighElsewhere } from "./checks/conditions/weigh-elsewhere.ts";
import { checkCovered } from "./checks/covered/check-covered.ts";
import { turnedTests } from "./checks/criteria/turned-tests.ts";
import { checkMutants } from "./checks/mutants/check-mutants.ts";
import { checkBaseTests } from "./checks/runs/check-base-tests.ts";
import { checkBaseline } from "./checks/runs/check-baseline.ts";
import { checkFlaky } from "./checks/runs/check-flaky.ts";
import { checkProofOfTest } from "./checks/runs/check-proof-of-test.ts";
import { checkShown } from "./checks/runs/check-shown.ts";
import { checkValidation } from "./checks/runs/check-validation.ts";
import { type RunsRead, readRuns } from "./checks/runs/read-runs.ts";
import { withheldBecause } from "./checks/text/check-secrets.ts";
import { inspect } from "./inspect.ts";
import { judge, withoutAgent } from "./judge.ts";
import { measureAssertions } from "./measure-assertions.ts";
import { measureBaseTests, readBaseTestFiles } from "./measure-base-tests.ts";
import { type Covered, measureCovered } from "./measure-covered.ts";
import { measureElsewhere } from "./measure-elsewhere.ts";
import { mutantsOf } from "./measure-mutant.ts";
import { measureTests } from "./measure-tests.ts";
import { measureBaseline } from "./run/measure-baseline.ts";
import { measureSeries } from "./run/measure-series.ts";
import { isGreen, type Series } from "./run/outcome-of.ts";
import { proofLimits } from "./run/proof-limits.ts";
import type { RunLimits } from "./run/run-commands.ts";
import { aroundOf } from "./run/surround.ts";
import { survey } from "./survey.ts";

/** The work of an agent that is to be proved. */
export type Work = { agent: AgentReport; change: Change; signal: AbortSignal };

/** Puts a change to the proof and keeps the evidence; resolves to where it lies and what it adds up to. */
export async function prove(
  task: AcceptedTask,
  made: Work,
  ports: MeasuringPorts & Pick<Ports, "objects" | "baseFiles" | "secrets" | "traces">,
): Promise<NonNullable<Attempt["evidence"]>> {
  const { evidence, mutants } = await gatherEvidence(task, made, ports);
  const artefact = `${taskKey(task.id)}/evidence-${proofName(task)}.json`;
  const clean = (_: string, value: unknown) =>
    typeof value === "string" ? ports.secrets.redact(value) : value;
  // Shown anywhere it stays the same byte for byte: what leaves no ink is written by its number.
  const text = escapeInkless(JSON.stringify(evidence, clean, 2));
  const { sha256 } = await ports.artefacts.write(artefact, `${text}\n`);
  const withheld = withheldBecause(evidence.checks);
  const planned = await keepMutants(task, { evidence, mutants }, ports);
  return {
    ...{ artefact, sha256, verdict: evidence.verdict },
    ...(withheld.length > 0 && { withheld }),
    ...(planned > 0 && { mutants: planned }),
  };
}

/** Keeps for later what is to be broken of a change that people will look at; resolves to how many that are. */
async function keepMutants(
  task: AcceptedTask,
  { evidence: { verdict, validation }, mutants }: { evidence: Evidence; mutants: Mutant[] },
  ports: Pick<Ports, "artefacts">,
): Promise<number> {
  if (mutants.length === 0 || !["passed", "needs-attention"].includes(verdict)) return 0;
  const usualMs = validation?.exit.durationMs ?? 0;
  await ports.artefacts.write(mutantsOf(task), JSON.stringify({ mutants, usualMs } satisfies Mutants));
  return mutants.length;
}

/** What was measured now, and what is to be broken later. */
type GatheredEvidence = { evidence: Evidence; mutants: Mutant[] };

async function gatherEvidence(
  task: AcceptedTask,
  { agent, change, signal }: Work,
  ports: MeasuringPorts & Pick<Ports, "objects" | "baseFiles" | "secrets" | "traces">,
): Promise<GatheredEvidence> {
  const base = task.attempts[0].base ?? change.base;
  const at = changeAddress(task, change);
  const limits = await proofLimits(task, signal, ports);
  const files = await ports.objects.compare(at, { before: base.tree, after: change.tree });
  const series = await measureAll(task, { change: { ...change, base }, files, limits }, ports);
  const runs = readRuns({ files, ...series });
  const texts = await readBaseTestFiles(task, { change, runs }, ports);
  const order = { change: { ...change, base }, limits, runs, agent, ...otherRuns(series) };
  const assertions = await measureAssertions(task, order, ports);
  const pushed = presentAttempt(task).pushed?.head;
  const noTest = noTestOf(task.brief.brief);
  const isOff = (await ports.policies.of(task.repository)).limits.questionMinutes === 0;
  const checks = inOrder({
    ...checkRuns(series, { runs, texts, assertions, noTest, isOff }),
    ...(await inspect(task, { change, files, elsewhere: weighElsewhere(series) }, ports)),
    ...(await survey(task, { agent, change, files, turned: turnedTests(runs) }, ports)),
  });
  const evidence: Evidence = {
    version: 1,
    task: { ...task.id, attempt: attemptNumber(task) },
    briefSha256: task.brief.sha256,
    ...{ base, tree: change.tree, files },
    ...setupFact(task, await ports.policies.of(task.repository, task.brief.brief.scope)),
    ...wantedFacts(task),
    ...measurements(series),
    ...{ ...(assertions.trial && { assertions: assertions.trial }), ...(noTest && { noTest }) },
    ...(pushed && { pushed }),
    ...{ checks, verdict: judge(checks, pushed ? withoutAgent : agent), agent },
    ...(task.historyHead && { historySha256: task.historyHead }),
    measuredAt: ports.clock.now().toISOString(),
  };
  return { evidence, mutants: isOff ? [] : series.covered.mutants };
}

type RunFacts = {
  runs: RunsRead;
  texts: Awaited<ReturnType<typeof readBaseTestFiles>>;
  assertions: Awaited<ReturnType<typeof measureAssertions>>;
  noTest: string | undefined;
  isOff: boolean;
};

/** The rows that runs of the command come to. */
function checkRuns(
  { validation, baseline, proof, covered }: Measured,
  { runs, texts, assertions, noTest, isOff }: RunFacts,
): RowsBy<"runs"> {
  return {
    validation: checkValidation(validation, baseline),
    baseline: checkBaseline(validation, baseline, runs.turned),
    flaky: checkFlaky(validation, baseline),
    "proof of test": checkProofOfTest(proof, baseline),
    shown: checkShown({ ...runs, noTest }),
    "base tests": checkBaseTests(runs, texts),
    assertions: checkAssertions(assertions.trial, assertions.why),
    covered: checkCovered({ ...covered, noTest }),
    mutants: checkMutants(covered.mutants.length, { isOff }),
  };
}

/** What took time beside the runs that are compared. */
function otherRuns({ covered, elsewhere }: Measured) {
  return { watched: covered.run, elsewhere: elsewhere?.change ?? [] };
}

/** What the base asks for and this machine does not have, and the steps that were left out of its set-up. */
function wantedFacts({ skippedSteps, wantedTools, wantedNode }: AcceptedTask): Partial<Evidence> {
  return {
    ...(skippedSteps && { skippedSteps }),
    ...(wantedTools && { wantedTools }),
    ...(wantedNode && { wantedNode }),
  };
}

type Measured = Record<"validation" | "baseline" | "proof" | "baseTests", Series> & {
  covered: Covered;
  elsewhere: ElsewhereRuns | undefined;
};

/** The change first: what its time leaves is for the comparisons. */
async function measureAll(
  task: AcceptedTask,
  { change, files, limits }: { change: Change; files: ChangedFile[]; limits: RunLimits },
  ports: MeasuringPorts & Pick<Ports, "objects" | "traces">,
): Promise<Measured> {
  const subject = { change, tree: change.tree, name: "validation" };
  const known = measuredInLegs(task, change.tree);
  const validation = await measureSeries(task, { subject, limits, known }, ports);
  const baseline = await baselineOf(task, { change, limits }, ports);
  const order = { change, files, limits, sides: { validation, baseline } };
  const proof = await measureTests(task, order, ports);
  const baseTests = await measureBaseTests(task, order, ports);
  const around = await aroundOf(task, { change, files }, ports);
  const watch = { change, files, limits, validation, surroundings: around.changed };
  const covered = await measureCovered(task, watch, ports);
  const elsewhere = await measureElsewhere(task, { ...order, around, watched: covered.elsewhere }, ports);
  return { validation, baseline, proof, baseTests, covered, elsewhere };
}

/** The base as it was tried before the agent began, else measured now. */
async function baselineOf(
  task: AcceptedTask,
  { change, limits }: { change: Change; limits: RunLimits },
  ports: MeasuringPorts,
): Promise<Series> {
  const { runs = [] } = presentAttempt(task).tried ?? {};
  if (runs[0]?.tree === change.base.tree) return { runs, why: "" };
  const subject = { change, tree: change.base.tree, name: "baseline" };
  return measureBaseline(task, { subject, limits }, ports);
}

function measurements({ validation, baseline, proof, baseTests, covered, elsewhere }: Measured) {
  const [run, again] = validation.runs;
  const [before, beforeAgain] = baseline.runs;
  const [proofOfTest] = proof.runs;
  const [withBaseTests, baseTestsAgain] = baseTests.runs;
  return {
    validation: run ?? null,
    ...(again && { validationAgain: again }),
    baseline: before ?? null,
    ...(beforeAgain && { baselineAgain: beforeAgain }),
    ...(proofOfTest && { proofOfTest }),
    ...(withBaseTests && { baseTests: withBaseTests }),
    ...(baseTestsAgain && { baseTestsAgain }),
    ...(covered.run && { covered: covered.run }),
    ...(elsewhere && { elsewhere }),
  };
}

/**
 * What the legs measured on this very tree, so that it is not measured again: the first result, and one that differs from
 * it. An agent whose repair changed nothing does not make a red result green.
 */
function measuredInLegs(task: AcceptedTask, tree: string): Measurement[] {
  const known = (presentAttempt(task).legs ?? []).flatMap(({ validation }) =>
    validation?.tree === tree && isGreen(validation) !== undefined ? [validation] : [],
  );
  const [first, ...later] = known.toSorted((a, b) => Number(isGreen(a)) - Number(isGreen(b)));
  const other = later.find((one) => isGreen(one)) ?? later[0];
  return [first, other].filter((one) => one !== undefined);
}

/** Every check in its order. */
function inOrder(measured: Record<CheckName, Check>): Check[] {
  return checkNames.map((name) => measured[name]);
}
