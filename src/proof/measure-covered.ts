import type { Change, ChangedFile } from "../domain/evidence/change.ts";
import type { Measurement } from "../domain/evidence/evidence.ts";
import type { Mutant } from "../domain/evidence/questions.ts";
import type { Surrounding } from "../domain/evidence/surrounding.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import type { Trace } from "../ports/traces.ts";
import type { MeasuringPorts, Ports } from "../ports.ts";
import { differsElsewhere } from "./checks/conditions/differs-elsewhere.ts";
import { addTold } from "./checks/covered/add-told.ts";
import { changedLines } from "./checks/covered/changed-lines.ts";
import type { ChangedPlace, CoveredFacts } from "./checks/covered/check-covered.ts";
import { type CodePlace, isPlacedPath, type PlacedCode, placesIn } from "./checks/covered/code-places.ts";
import { browserTests, settleTrace, type TracedTree } from "./checks/covered/settle-trace.ts";
import { isLinedPath, isUnwatchedPath, type LinedCode, weighLines } from "./checks/covered/weigh-lines.ts";
import { weighTrace } from "./checks/covered/weigh-trace.ts";
import { findMutants, inOrderOfTrial } from "./checks/mutants/find-mutants.ts";
import { late } from "./run/measure-series.ts";
import { measureTraced } from "./run/measure-traced.ts";
import { isGreen, outcomeOf, type Series } from "./run/outcome-of.ts";
import type { RunLimits } from "./run/run-commands.ts";
import { slowedLimits } from "./run/slowed-limits.ts";

/** A changed file, and the lines of it that the change wrote. */
type ChangedCode = { code: PlacedCode; lines: Set<number> };

/** The traced run of the change, and which of its changed places it ran. */
export type Covered = Omit<CoveredFacts, "noTest"> & {
  run?: Measurement;
  /** The first run, which had other surroundings; another than `run` where they made a difference. */
  elsewhere?: Measurement;
  mutants: Mutant[];
};

/** More changed files than these are a rewrite, of which lines say little. */
const mostFiles = 200;

type CoveredOrder = {
  change: Change;
  files: ChangedFile[];
  limits: RunLimits;
  validation: Series;
  /** What is otherwise around the run, so that one run answers two questions. */
  surroundings: Surrounding[];
};

/** Runs the command on the change once more, so that its runtimes write down which lines they run. */
export async function measureCovered(
  task: AcceptedTask,
  order: CoveredOrder,
  ports: MeasuringPorts & Pick<Ports, "objects" | "traces">,
): Promise<Covered> {
  const { change, files, limits, validation } = order;
  if (outcomeOf(validation) !== "green") return { ...nothing, why: "The validation is not green." };
  const changed = await readChanged(task, { change, files }, ports);
  const lined = await readLined(task, { change, files }, ports);
  const places = changed.flatMap(changedPlaces);
  if (places.length + lined.length === 0) return { ...nothing, why: "" };
  if (limits.remainingMs() <= 0) return { ...nothing, why: late };
  const paths = [...changed.map(({ code }) => code.path), ...lined.map(({ path }) => path)];
  const { run, trace, elsewhere, filed } = await runWatched(task, { ...order, paths }, ports);
  const green = isGreen(run);
  if (!green)
    return {
      ...{ run, elsewhere },
      places: [],
      why: green === false ? red : slow,
      mutants: mutantsIn(changed, untold(places)),
    };
  const told = [
    ...changed.flatMap((one) => weighPlaces(one, trace)),
    ...lined.filter(({ path }) => !isUnwatchedPath(path)).flatMap((one) => weighLines(one, trace)),
  ];
  const unwatched = lined.filter(({ path }) => isUnwatchedPath(path));
  const tree = await readTree(task, { change, trace }, ports);
  const settled = told.length === 0 ? { places: told, why: unread } : settleTrace(told, { trace, ...tree });
  const filled = addTold(settled, { told, unwatched, filed });
  return { run, elsewhere, ...filled, mutants: mutantsIn(changed, filled.places) };
}

/** With other surroundings first. Where these make a difference, the usual ones tell of the lines. */
async function runWatched(
  task: AcceptedTask,
  { change, limits, validation, surroundings, paths }: CoveredOrder & { paths: string[] },
  ports: MeasuringPorts & Pick<Ports, "traces">,
): Promise<Awaited<ReturnType<typeof measureTraced>> & { elsewhere: Measurement }> {
  const [usual] = validation.runs;
  const subject = { change, tree: change.tree, name: "covered" };
  const bounded = () => ({ paths, limits: slowedLimits(limits, usual, ports) });
  const around = { ...subject, surroundings };
  const first = await measureTraced(task, { subject: around, ...bounded() }, ports);
  const isSame = usual && isGreen(first.run) && !differsElsewhere(usual, first.run);
  if (isSame || limits.remainingMs() <= 0) return { ...first, elsewhere: first.run };
  return { ...(await measureTraced(task, { subject, ...bounded() }, ports)), elsewhere: first.run };
}

const nothing = { places: [], mutants: [] };

/** What the run is to tell of. */
type PlannedPlace = Omit<ChangedPlace, "ran"> & { place: CodePlace };

function untold(places: PlannedPlace[]): ChangedPlace[] {
  return places.map((place) => ({ ...place, ran: undefined }));
}

/** What can be broken of lines that tests ran, then of those of which nobody knows; the rest is told by `covered`. */
function mutantsIn(changed: ChangedCode[], places: ChangedPlace[]): Mutant[] {
  const of = (wanted: boolean | undefined) =>
    changed.flatMap(({ code, lines }) => {
      const own = places.filter(({ path, ran }) => path === code.path && ran === wanted);
      const trees = own.flatMap(({ place }) => (place ? [place] : []));
      return findMutants(code, { places: trees, lines });
    });
  return inOrderOfTrial([of(true), of(undefined)]);
}

const unread =
  "The changed code is in a language of which no lines are watched, and the command wrote no LCOV, Cobertura or Clover.";
const red = "The command is red while it is watched.";
const slow = "The command took too long while it was watched.";

async function readChanged(
  task: AcceptedTask,
  { change, files }: { change: Change; files: ChangedFile[] },
  ports: Pick<Ports, "objects">,
): Promise<ChangedCode[]> {
  const wanted = files.filter(({ path, after }) => after && isPlacedPath(path)).slice(0, mostFiles);
  const found: ChangedCode[] = [];
  for await (const { file, before = "", after = "" } of ports.objects.texts(
    changeAddress(task, change),
    wanted,
  )) {
    const code = placesIn(file.path, after);
    if (code) found.push({ code, lines: changedLines(before, after) });
  }
  return found;
}

async function readLined(
  task: AcceptedTask,
  { change, files }: { change: Change; files: ChangedFile[] },
  ports: Pick<Ports, "objects">,
): Promise<LinedCode[]> {
  const wanted = files.filter(({ path, after }) => after && isLinedPath(path)).slice(0, mostFiles);
  const found: LinedCode[] = [];
  for await (const { file, before = "", after = "" } of ports.objects.texts(
    changeAddress(task, change),
    wanted,
  ))
    found.push({ path: file.path, lines: changedLines(before, after) });
  return found;
}

function changedPlaces({ code, lines }: ChangedCode): PlannedPlace[] {
  return code.places.flatMap((place) => {
    const own = place.lines.filter((line) => lines.has(line));
    return own.length === 0
      ? []
      : [{ path: code.path, line: Math.min(...own), last: Math.max(...own), place }];
  });
}

function weighPlaces(changed: ChangedCode, trace: Trace): ChangedPlace[] {
  const ran = weighTrace(changed.code, trace);
  return changedPlaces(changed).map((one) => ({ ...one, ran: ran.get(one.place) }));
}

/** Which of the files that were run the tree has, and whether it has tests that run in a browser. */
async function readTree(
  task: AcceptedTask,
  { change, trace }: { change: Change; trace: Trace },
  ports: Pick<Ports, "objects">,
): Promise<Omit<TracedTree, "trace">> {
  const loaded = new Set(trace.loaded);
  const isWanted = (path: string) => loaded.has(path) || browserTests.test(path);
  const listed = await ports.objects.list(changeAddress(task, change), change.tree, isWanted);
  const paths = listed.map(({ path }) => path);
  return { tracked: new Set(paths), inBrowser: paths.some((path) => browserTests.test(path)) };
}
