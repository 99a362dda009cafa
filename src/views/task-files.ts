import type { Evidence, Measurement } from "../domain/evidence/evidence.ts";
import type { Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";

/** A file of a task that a person may keep: the name of its artefact, its name alone, and what it is. */
export type TaskFile = { artefact: string; name: string; what: string };

/** The kinds of runs that an evidence names, with words for each. */
const runs = [
  ["validation", "the validation on the change"],
  ["validationAgain", "its second run"],
  ["baseline", "the same command on the base"],
  ["baselineAgain", "its second run"],
  ["proofOfTest", "the change's tests on the base's code"],
  ["baseTests", "the base's tests on the change"],
  ["baseTestsAgain", "its second run"],
  ["covered", "the run that was watched for lines"],
] as const;

/** Whether a file is the output of a run, which is read line by line. */
export function isRunLog(name: string): boolean {
  return name.endsWith(".log");
}

/**
 * The files of a task: evidence, logs, what the agent said and the questions. Packs and patches are not among them, for what
 * was withheld may be in one.
 */
export function taskFiles(task: Task, evidence: Evidence | undefined): TaskFile[] {
  const key = taskKey(task.id);
  const named = (artefact: string | undefined, what: string): TaskFile[] =>
    artefact?.startsWith(`${key}/`) ? [{ artefact, name: artefact.slice(key.length + 1), what }] : [];
  const files = [
    ...task.attempts.flatMap(({ number, evidence: kept }) =>
      named(kept?.artefact, `the evidence of attempt ${number}`),
    ),
    ...named(task.pushed?.evidence?.artefact, "the evidence of what people pushed"),
    ...runs.flatMap(([run, what]) => named(evidence?.[run]?.log, `log: ${what}`)),
    ...elsewhereRuns(evidence).flatMap(({ log }) => named(log, "log: a run with other surroundings")),
    ...task.attempts.flatMap(({ attestations = [] }) =>
      attestations.flatMap(({ name, artefact }) => named(artefact, `signed: ${name}`)),
    ),
    ...task.attempts.flatMap(({ asking }) =>
      named(asking?.ended?.artefact, "what was asked of changed lines"),
    ),
    ...agentLogs(task).flatMap((artefact) => named(artefact, "what the agent said and did")),
  ];
  return files.filter(({ name }, at) => files.findIndex((one) => one.name === name) === at);
}

/** The artefacts that keep what the agent said, the first leg first; whether each is there yet, nobody has looked. */
export function agentLogs({ id, attempts }: Task): string[] {
  return attempts.flatMap(({ number, legs = [], startedAt }) => {
    if (!startedAt && legs.length === 0) return [];
    const repairs = Array.from({ length: Math.max(0, legs.length - 1) }, (_, at) => `-repair-${at + 1}`);
    return ["", ...repairs].map((suffix) => `${taskKey(id)}/timeline-${number}${suffix}.jsonl`);
  });
}

function elsewhereRuns(evidence: Evidence | undefined): Measurement[] {
  const { change = [], base = [], singles = [] } = evidence?.elsewhere ?? {};
  return [...change, ...base, ...singles];
}
