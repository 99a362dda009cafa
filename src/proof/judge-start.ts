import { failedCommand, nameCommands } from "../domain/evidence/describe-commands.ts";
import { testReadings } from "../domain/evidence/describe-tests.ts";
import { quoteEnd } from "../domain/evidence/end-of-output.ts";
import type { Measurement } from "../domain/evidence/evidence.ts";
import { isTestPath } from "../domain/paths/test-path.ts";
import type { Brief } from "../domain/task/brief.ts";
import { Failure } from "../domain/task/failure.ts";
import { readCounts } from "./counts/read-counts.ts";
import { describeExit } from "./explain/describe-run.ts";
import { missingModules } from "./explain/missing-modules.ts";
import { missingProgram, saysNotRun } from "./explain/missing-program.ts";
import { nameSetup, type Obstacle, rules, startSign } from "./explain/start-signs.ts";
import { wantedNetwork } from "./explain/wanted-network.ts";
import { isGreen, type Series } from "./run/outcome-of.ts";
import { titleOf } from "./run/run-commands.ts";

const nameTests =
  'Name a command that runs tests of the base branch. For the first tests of a project, choose the kind "test backfill".';

/** "Write the first tests", "Add a regression test for …": a sentence that asks for a test. */
const asksForTests =
  /\b(?:write|add|create|introduce|first|cover|new|start|begin|missing)\b[^.\n]{0,80}\b(?:unit|regression)?[ -]?tests?\b/i;

const noTests =
  /(?:^|\n)(?:No tests found, exiting with code 1|Error: No test files found|No test files found, exiting with code 1|=+ no tests (?:ran|collected)\b)/;

/** What was asked for, and by which name the project goes: its own modules are the agent's to write. */
export type TrialBrief = { brief: Brief; project: string };

/**
 * Why the brief's command cannot start on the base, as a failure that ends the task before an agent is paid (SPEC section
 * 7); nothing where it ran, be it green or red. In doubt it ran: a red base is shown while the agent works, and a person can
 * stop it.
 */
export function judgeStart({ runs }: Series, wanted: TrialBrief): Failure | undefined {
  const [run] = runs;
  if (!run || isGreen(run) === undefined) return undefined;
  const obstacle = obstacleOf(lastCommandOf(run), wanted);
  if (!obstacle) return undefined;
  const { kind, why, repair } = obstacle;
  const said = `${nameCommands(failedCommand(run) ?? run.command)} cannot start on the base branch: ${why} (${describeExit(run)}). ${repair}`;
  return new Failure(kind, `${said} ${quoteEnd(run.exit)}`);
}

/** A run of several commands as if only the last had been run: those before it succeeded, and their tests are not its own. */
function lastCommandOf(run: Measurement): Measurement {
  const last = run.commands?.at(-1);
  if (!last || run.commands?.length === 1) return run;
  const { counts: _, reported: __, ...rest } = run;
  const { tail } = run.exit.log;
  const title = `\n${titleOf(last.command)}\n`;
  const begin = tail.lastIndexOf(title);
  const own = begin < 0 ? tail : tail.slice(begin + title.length);
  const exit = { ...run.exit, log: { ...run.exit.log, bytes: own.length, head: own, tail: own } };
  const counts = readCounts(exit);
  return { ...rest, exit, ...(counts && { counts }) };
}

function obstacleOf(run: Measurement, wanted: TrialBrief): Obstacle | undefined {
  const readings = testReadings(run);
  const ran = readings.some(({ passed, failed }) => passed + failed > 0);
  if (isGreen(run)) return !ran && readings.length > 0 ? emptyRun(wanted) : undefined;
  if (readings.some(({ passed }) => passed > 0)) return undefined;
  return (
    notRun(run) ??
    (ran ? undefined : signOf(run, wanted)) ??
    missingPackage(run, wanted) ??
    offline(run) ??
    (!ran && (readings.length > 0 || noTests.test(run.exit.log.tail)) ? emptyRun(wanted) : undefined)
  );
}

/** A file or a target that the brief speaks of may be what the change is to make. */
function signOf({ exit }: Measurement, { brief }: TrialBrief): Obstacle | undefined {
  const sign = startSign(exit.log.tail);
  if (!sign) return undefined;
  const name = sign.name.replace(/\/+$/, "").split("/").at(-1) ?? "";
  return name.length > 2 && intendedText(brief).includes(name) ? undefined : sign.obstacle;
}

/**
 * 127 and 126 are what a shell ends with where it finds no such program, or may not run it (POSIX, section 2.8.2). A program
 * that ran may end with them too, so that the shell's own words count.
 */
function notRun({ exit }: Measurement): Obstacle | undefined {
  if (exit.exitCode !== 127 && exit.exitCode !== 126) return undefined;
  if (!saysNotRun(exit)) return undefined;
  const program = missingProgram(exit);
  if (exit.exitCode === 127) return { kind: "setup", why: `${program} is not installed`, repair: nameSetup };
  const repair = "Make the file executable, or call it with its interpreter (`sh FILE`).";
  return { kind: "brief", why: `${program} may not be executed`, repair };
}

function missingPackage({ exit }: Measurement, wanted: TrialBrief): Obstacle | undefined {
  const name = missingModules(exit.log.tail).find(({ own }) => !own)?.name;
  if (name === undefined || isToBeMade(name, wanted)) return undefined;
  return { kind: "setup", why: `the package \`${name}\` is not installed`, repair: nameSetup };
}

/**
 * A module that the brief speaks of may be what the change is to write, and so may the project's own; a declared package
 * is what it is to add.
 */
function isToBeMade(name: string, { brief, project }: TrialBrief): boolean {
  const words = intendedText(brief).split(/[^\w@/-]+|\//);
  const isOwn = foldPackage(name) === foldPackage(project);
  return isOwn || words.includes(name) || brief.dependencies.some((declared) => declared.name === name);
}

/** `calc-lib` is imported as `calclib` or `calc_lib`. */
function foldPackage(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]/g, "");
}

/** What a brief says that the change shall be. */
function intendedText({ goal, doneWhen, scope }: Brief): string {
  return [goal, ...doneWhen.map(({ text }) => text), ...scope].join("\n");
}

function offline({ exit }: Measurement): Obstacle | undefined {
  if (!wantedNetwork(exit)) return undefined;
  const repair = `Install what it fetches by \`setup\` in ${rules}, or name the hosts under \`validation.network\`.`;
  return { kind: "setup", why: "it wanted a network that it did not have", repair };
}

/** A project without any test has none to be red; only a brief that asks for tests may begin there. */
function emptyRun({ brief }: TrialBrief): Obstacle | undefined {
  if (
    brief.kind === "test backfill" ||
    asksForTests.test(intendedText(brief)) ||
    brief.scope.some(isTestPath)
  )
    return undefined;
  return { kind: "brief", why: "not one test ran", repair: nameTests };
}
