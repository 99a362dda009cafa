import type { Change } from "../domain/evidence/change.ts";
import { type Mutant, Mutants, type Question } from "../domain/evidence/questions.ts";
import { minuteMs } from "../domain/rules/minute.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import { Failure } from "../domain/task/failure.ts";
import { attemptNumber } from "../domain/task/task.ts";
import { questionsKey, taskKey } from "../domain/task/task-id.ts";
import type { MeasuringPorts, Ports } from "../ports.ts";
import { measureEdited } from "./run/measure-edited.ts";
import { isGreen } from "./run/outcome-of.ts";

/** The artefact with the mutants of an attempt, which the proof leaves for later. */
export function mutantsOf(task: AcceptedTask): string {
  return `${taskKey(task.id)}/mutants-${attemptNumber(task)}.json`;
}

/** Reads the mutants that the proof of the current attempt left. */
export async function readMutants(
  task: AcceptedTask,
  { artefacts }: Pick<Ports, "artefacts">,
): Promise<Mutants> {
  const name = mutantsOf(task);
  const bytes = await artefacts.read(name);
  if (!bytes) throw new Failure("storage", `The artefact ${name} is gone from DATA_DIR.`);
  return Mutants.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}

/** What questions may take together, in runs of the validation and milliseconds at least: quick suites get a few. */
const budget = { times: 4, leastMs: 30_000 };
/** How much time is left for further questions, and why there is none. */
export async function timeLeft(
  task: AcceptedTask,
  { usualMs, asked }: { usualMs: number; asked: Question[] },
  { policies }: Pick<Ports, "policies">,
): Promise<{ remainingMs: number; why: string }> {
  const { questionMinutes } = (await policies.of(task.repository)).limits;
  const allMs = Math.min(questionMinutes * minuteMs, Math.max(budget.leastMs, usualMs * budget.times));
  const remainingMs = allMs - asked.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const isLate = remainingMs < usualMs;
  return {
    remainingMs,
    why: isLate ? `The time for questions was over (${Math.round(allMs / 1000)} s).` : "",
  };
}

/** A run of a mutant that takes so much longer than the validation, in times and milliseconds beside, has no end. */
const endless = { times: 2, besideMs: 10_000 };

/** What is asked: one mutant of a change, the `nth`, in what is left of the time for all. */
export type MutantOrder = {
  change: Change;
  mutant: Mutant;
  nth: number;
  usualMs: number;
  remainingMs: number;
  signal: AbortSignal;
};

/** Breaks the change in one place, in a checkout that is gone afterwards, and looks whether the command notices. */
export async function measureMutant(
  task: AcceptedTask,
  order: MutantOrder,
  ports: MeasuringPorts & Pick<Ports, "objects">,
): Promise<Question> {
  const { change, mutant, nth, usualMs, remainingMs, signal } = order;
  const key = questionsKey(task.id, attemptNumber(task));
  const began = ports.clock.now().getTime();
  // What a worker that died here has left would be in the way.
  await ports.worktrees.close(key);
  const texts = new Map([[mutant.path, await brokenText(task, { change, mutant, key }, ports)]]);
  const boundMs = Math.min(usualMs * endless.times + endless.besideMs, remainingMs);
  const end = ports.clock.now().getTime() + boundMs;
  const limits = { signal, remainingMs: () => end - ports.clock.now().getTime() };
  const run = await measureEdited(
    task,
    { edited: { change, texts, key, name: `mutant-${nth}` }, limits },
    ports,
  );
  await ports.worktrees.close(key);
  const { path, line, kind, before, after } = mutant;
  const isEndless = run.exit.endedBy === "time" && boundMs < remainingMs;
  const green = run.setup ? undefined : isGreen(run);
  const noticed = isEndless ? true : green === undefined ? null : !green;
  return { path, line, kind, before, after, noticed, durationMs: ports.clock.now().getTime() - began };
}

async function brokenText(
  task: AcceptedTask,
  { change, mutant, key }: { change: Change; mutant: Mutant; key: string },
  { objects }: Pick<Ports, "objects">,
): Promise<string> {
  const files = change.files.filter(({ path }) => path === mutant.path);
  for await (const { after = "" } of objects.texts({ ...changeAddress(task, change), key }, files))
    return `${after.slice(0, mutant.from)}${mutant.text}${after.slice(mutant.to)}`;
  throw new Failure("bug", `${JSON.stringify(mutant.path)} is no file of the change that was to be broken`);
}
