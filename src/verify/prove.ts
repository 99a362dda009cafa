import type { Change } from "../domain/change.ts";
import {
  type AgentReport,
  type Check,
  checkNames,
  type Evidence,
  type Measurement,
} from "../domain/evidence.ts";
import { type Attempt, attemptNumber, currentAttempt, type Task } from "../domain/task.ts";
import { attemptKey, taskKey } from "../domain/task-id.ts";
import type { Ports } from "../ports.ts";
import { checkBaseline } from "./check-baseline.ts";
import { withheldBecause } from "./check-secrets.ts";
import { checkValidation, isGreen } from "./check-validation.ts";
import { inspect } from "./inspect.ts";
import { judge } from "./judge.ts";
import { measure } from "./measure.ts";
import { survey } from "./survey.ts";

/** The work of an agent that is to be proved. */
export type Work = { agent: AgentReport; change: Change; signal: AbortSignal };

/** Puts a change to the proof and keeps the evidence; resolves to where it lies and what it adds up to. */
export async function prove(task: Task, made: Work, ports: Ports): Promise<NonNullable<Attempt["evidence"]>> {
  const number = attemptNumber(task);
  const evidence = await gatherEvidence(task, made, ports);
  const artefact = `${taskKey(task.id)}/evidence-${number}.json`;
  const clean = (_: string, value: unknown) =>
    typeof value === "string" ? ports.secrets.redact(value) : value;
  const { sha256 } = await ports.artefacts.write(artefact, `${JSON.stringify(evidence, clean, 2)}\n`);
  const withheld = withheldBecause(evidence.checks);
  return { artefact, sha256, verdict: evidence.verdict, ...(withheld.length > 0 && { withheld }) };
}

async function gatherEvidence(task: Task, { agent, change, signal }: Work, ports: Ports): Promise<Evidence> {
  const base = task.attempts[0]?.base ?? change.base;
  const validation =
    measuredInLeg(task, change.tree) ??
    (await measure(task, { subject: { change, tree: change.tree, name: "validation" }, signal }, ports));
  const baseline = await measure(
    task,
    { subject: { change, tree: base.tree, name: "baseline" }, signal },
    ports,
  );
  const number = attemptNumber(task);
  const at = { repository: task.repository, change, key: attemptKey(task.id, number) };
  const files = await ports.objects.compare(at, { before: base.tree, after: change.tree });
  const checks = inOrder([
    checkValidation(validation),
    checkBaseline(validation, baseline),
    ...(await inspect(task, { change, files }, ports)),
    ...(await survey(task, { agent, change, files }, ports)),
  ]);
  return {
    version: 1,
    task: { ...task.id, attempt: number },
    briefSha256: task.brief?.sha256 ?? "",
    base,
    tree: change.tree,
    files,
    validation,
    baseline,
    checks,
    verdict: judge(checks, agent),
    agent,
    measuredAt: ports.clock.now().toISOString(),
  };
}

/** The validation of the last leg, where it was of this very tree: what was measured once is not measured again. */
function measuredInLeg(task: Task, tree: string): Measurement | undefined {
  const validation = currentAttempt(task)?.legs?.at(-1)?.validation;
  return validation?.tree === tree && isGreen(validation) !== undefined ? validation : undefined;
}

/** Every check of the specification in its order; what nobody measured says so. */
function inOrder(measured: Check[]): Check[] {
  return checkNames.map(
    (name) =>
      measured.find((check) => check.name === name) ?? {
        name,
        status: "not measured",
        line: "This version of Drafthorse does not measure it.",
        findings: [],
      },
  );
}
