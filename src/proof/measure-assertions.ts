import type { AssertionRun, AssertionTrial } from "../domain/evidence/assertion-trial.ts";
import type { Change } from "../domain/evidence/change.ts";
import type { AgentReport, Measurement } from "../domain/evidence/evidence.ts";
import { keptBytes } from "../domain/evidence/exit.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import type { MeasuringPorts, Ports } from "../ports.ts";
import type { Breakable } from "./checks/assertions/breakable.ts";
import { withEdits } from "./checks/assertions/edit.ts";
import { outcomeOfBroken } from "./checks/assertions/outcome-of-broken.ts";
import { afterRun, type BreakTrial, beginTrial, nextBatch } from "./checks/assertions/plan-trial.ts";
import type { SelectedAssertions } from "./checks/assertions/select-assertions.ts";
import { stoppedText } from "./checks/assertions/stopped-text.ts";
import type { Runs } from "./checks/runs/base-tests.ts";
import { readAssertions } from "./read-assertions.ts";
import { measureEdited } from "./run/measure-edited.ts";
import { outcomeOf, type Series } from "./run/outcome-of.ts";
import type { RunLimits } from "./run/run-commands.ts";

/** What was found out about the assertions of a change, or why nothing was. */
export type MeasuredAssertions = { trial?: AssertionTrial; why: string };

/** `watched` is the run that watched the lines, `elsewhere` are those on the change with other surroundings. */
type AssertionOrder = {
  change: Change;
  limits: RunLimits;
  runs: Runs;
  agent: Pick<AgentReport, "durationMs">;
  watched: Measurement | undefined;
  elsewhere: Measurement[];
};

/** More runs than these are never made: what is left then is counted. */
const mostRuns = 12;
/** The time, in milliseconds, that the runs may take whatever the attempt took before. */
const leastMs = 10_000;
/** A run with broken assertions may take so many times as long as the validation, and this long at least. */
const slower = 4;
const leastRunMs = 30_000;
/** A longer log is read at its end alone, in bytes. */
const longestLog = 8 * 1024 * 1024;

/** Breaks new and changed assertions of the change, as many at once as their runner tells apart. */
export async function measureAssertions(
  task: AcceptedTask,
  order: AssertionOrder,
  ports: MeasuringPorts & Pick<Ports, "objects">,
): Promise<MeasuredAssertions> {
  const [validation] = order.runs.validation.runs;
  if (!validation || outcomeOf(order.runs.validation) !== "green")
    return { why: "The validation is not green." };
  const selected = await readAssertions(task, order, ports);
  const bench = new Bench(task, { ...order, validation, selected, ports });
  return { trial: await bench.tryAll(), why: "" };
}

type BenchOrder = AssertionOrder & {
  validation: Measurement;
  selected: SelectedAssertions;
  ports: MeasuringPorts & Pick<Ports, "objects">;
};

/** The runs of one trial, one after the other. */
class Bench {
  readonly #task: AcceptedTask;
  readonly #order: BenchOrder;
  readonly #runs: AssertionRun[] = [];
  readonly #end: number;

  constructor(task: AcceptedTask, order: BenchOrder) {
    this.#task = task;
    this.#order = order;
    this.#end = order.ports.clock.now().getTime() + roomOf(order);
  }

  async tryAll(): Promise<AssertionTrial> {
    const { selected } = this.#order;
    let trial = beginTrial(selected.chosen);
    for (let batch = nextBatch(trial); batch.length > 0 && this.#hasRoom(); batch = nextBatch(trial))
      trial = afterRun(trial, { batch, run: await this.#run(batch) });
    const unread = await this.#unread(trial);
    const unsure = trial.unsure.map((one) => ({
      ...one,
      why: "its broken copy came to no result of a test",
    }));
    return {
      ...{ runs: this.#runs, noticed: trial.noticed.length, unread },
      untried: byReason([...selected.untried, ...unsure]),
      left: trial.pending.length + trial.suspects.length,
    };
  }

  /** One run may begin whatever the time; another where it is likely to end within the room. */
  #hasRoom(): boolean {
    const { validation, limits, ports } = this.#order;
    const { durationMs } = validation.exit;
    if (this.#runs.length === mostRuns || limits.remainingMs() < durationMs) return false;
    return this.#runs.length === 0 || ports.clock.now().getTime() + durationMs <= this.#end;
  }

  async #run(batch: Breakable[]) {
    const { selected, validation } = this.#order;
    const texts = new Map<string, string>();
    for (const path of new Set(batch.map((one) => one.path))) {
      const edits = batch.filter((one) => one.path === path).flatMap((one) => one.edits);
      texts.set(path, withEdits(selected.texts.get(path) ?? "", edits));
    }
    const run = await this.#measure(texts, batch);
    return outcomeOfBroken(run, { validation, log: await this.#wholeLog(run) });
  }

  /** Files that the command does not run: an end put to the whole file leaves it green. */
  async #unread({ survived, noticed }: BreakTrial): Promise<string[]> {
    const { selected, limits, validation } = this.#order;
    const silent = [...new Set(survived.map(({ path }) => path))].filter(
      (path) => !noticed.some((one) => one.path === path),
    );
    const stopped = silent.flatMap((path): [string, string][] => {
      const text = stoppedText(path, selected.texts.get(path) ?? "");
      return text === undefined ? [] : [[path, text]];
    });
    if (stopped.length === 0 || limits.remainingMs() < validation.exit.durationMs) return [];
    const { exit } = await this.#measure(new Map(stopped), []);
    return exit.endedBy === "itself" && exit.exitCode === 0 ? stopped.map(([path]) => path) : [];
  }

  async #measure(texts: ReadonlyMap<string, string>, batch: Breakable[]): Promise<Measurement> {
    const { change, limits, validation, ports } = this.#order;
    const bound = Math.max(leastRunMs, slower * validation.exit.durationMs);
    const began = ports.clock.now().getTime();
    const own = {
      signal: limits.signal,
      remainingMs: () => Math.min(limits.remainingMs(), began + bound - ports.clock.now().getTime()),
    };
    const edited = { change, texts, name: `assertions-${this.#runs.length + 1}` };
    const run = await measureEdited(this.#task, { edited, limits: own }, ports);
    this.#runs.push(recordOf(run, batch));
    return run;
  }

  /** Names of failed tests may stand before the end that is kept. */
  async #wholeLog({ exit, log }: Measurement): Promise<string> {
    if (exit.log.bytes <= keptBytes || exit.log.bytes > longestLog) return exit.log.tail;
    const bytes = await this.#order.ports.artefacts.read(log);
    return bytes ? Buffer.from(bytes).toString("utf8") : exit.log.tail;
  }
}

/**
 * Half of what the attempt took without these runs, those with the base's tests, the watched one and those with other
 * surroundings: by so much it may become longer by all of them together.
 */
function roomOf({ runs, agent, watched, elsewhere }: AssertionOrder): number {
  const { validation, baseline, proof, baseTests } = runs;
  const before =
    agent.durationMs + [validation, baseline, proof].reduce((sum, series) => sum + durationOf(series), 0);
  const others = durationOf({ runs: [...(watched ? [watched] : []), ...elsewhere], why: "" });
  return Math.max(leastMs, before / 2 - durationOf(baseTests) - others);
}

function durationOf({ runs }: Series): number {
  return runs.reduce((sum, { exit, earlier }) => sum + (earlier ? 0 : exit.durationMs), 0);
}

function recordOf({ tree, exit, log }: Measurement, batch: Breakable[]): AssertionRun {
  const { exitCode, endedBy, durationMs } = exit;
  const broken = batch.map(({ path, line, text, test }) => ({ path, line, text, test }));
  return { tree, exitCode, endedBy, durationMs, log, logSha256: exit.log.sha256, broken };
}

function byReason(untried: Breakable[]): AssertionTrial["untried"] {
  const counts = new Map<string, number>();
  for (const { why } of untried) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ why, count }));
}
