import { failedCommand, nameCommands } from "../domain/evidence/describe-commands.ts";
import { readingsOf } from "../domain/evidence/describe-tests.ts";
import { quoteEnd } from "../domain/evidence/end-of-output.ts";
import type { Measurement } from "../domain/evidence/evidence.ts";
import type { Brief } from "../domain/task/brief.ts";
import { Failure, type FailureKind } from "../domain/task/failure.ts";
import { describeExit } from "./explain/describe-run.ts";
import { missingModules } from "./explain/missing-modules.ts";
import { missingProgram } from "./explain/missing-program.ts";
import { wantedNetwork } from "./explain/wanted-network.ts";
import { isGreen, type Series } from "./run/outcome-of.ts";

/** Why a command cannot start on the base, whose it is, and what to do about it. */
type Obstacle = { kind: Extract<FailureKind, "setup" | "brief">; why: string; repair: string };

const rules = "`.github/drafthorse.yml`";
const nameSetup = `Name the command that installs it as \`setup\` in ${rules}, or have the operator install it on this machine.`;
const nameTests =
  'Name a command that runs tests of the base branch. For the first tests of a project, choose the kind "test backfill".';

/** What shells, runners and package managers write where they cannot begin. The first group is the name that they miss. */
const signs: { sign: RegExp; obstacle: (name: string) => Obstacle }[] = [
  {
    sign: /(?:^|\n)[^\n]*\bMissing script: "?([^"\n]+)"?|\bERR_PNPM_NO_SCRIPT\b\S* +Missing script: ([^\n]+)|(?:^|\n)error Command "([^"\n]+)" not found|\bUnknown command: "([^"\n]+)"/,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `the package has no script \`${name}\`` },
      repair: 'Name a script that the base branch has under "Validation command".',
    }),
  },
  {
    sign: /(?:^|\n)g?make(?:\[\d+\])?: \*\*\* No rule to make target ['`‘]([^'’\n]+)['’]\. +Stop\./,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `make knows no target \`${name}\`` },
      repair: 'Name a target that the base branch has under "Validation command".',
    }),
  },
  {
    sign: /(?:^|\n)ERROR: (?:file or directory )?not found: ([^\n]+)/,
    obstacle: (name) => ({
      ...{ kind: "brief", why: `pytest finds no \`${name}\`` },
      repair: 'Name tests that the base branch has under "Validation command".',
    }),
  },
  {
    sign: /(?:^|\n)[^\n]*: error: unrecognized arguments: (\S+)/,
    obstacle: (name) => ({
      ...{ kind: "setup", why: `the runner does not know \`${name}\`; a plugin is not installed` },
      repair: nameSetup,
    }),
  },
  {
    sign: /(?:^|\n)error: no such command: `([^`\n]+)`|(?:^|\n)error: no such (?:sub)?command: `?([^`\n]+)`?/,
    obstacle: (name) => ({
      ...{ kind: "setup", why: `cargo has no command \`${name}\`` },
      repair: nameSetup,
    }),
  },
];

const noTests =
  /(?:^|\n)(?:No tests found, exiting with code 1|Error: No test files found|No test files found, exiting with code 1|=+ no tests (?:ran|collected)\b)/;

/**
 * Why the brief's command cannot start on the base, as a failure that ends the task before an agent is paid (SPEC section
 * 7); nothing where it ran, be it green or red. A package that the brief declares as a new dependency may be missing.
 */
export function judgeStart({ runs }: Series, brief: Brief): Failure | undefined {
  const [run] = runs;
  if (!run || isGreen(run) === undefined) return undefined;
  const obstacle = obstacleOf(run, brief);
  if (!obstacle) return undefined;
  const { kind, why, repair } = obstacle;
  const said = `${nameCommands(failedCommand(run) ?? run.command)} cannot start on the base branch: ${why} (${describeExit(run)}). ${repair}`;
  return new Failure(kind, `${said} ${quoteEnd(run.exit)}`);
}

function obstacleOf(run: Measurement, brief: Brief): Obstacle | undefined {
  const readings = readingsOf(run);
  const ran = readings.some(({ passed, failed }) => passed + failed > 0);
  if (isGreen(run)) return !ran && readings.length > 0 ? emptyRun(brief) : undefined;
  if (readings.some(({ passed }) => passed > 0)) return undefined;
  return (
    notRun(run) ??
    (ran ? undefined : signOf(run)) ??
    missingPackage(run, brief) ??
    offline(run) ??
    (!ran && (readings.length > 0 || noTests.test(run.exit.log.tail)) ? emptyRun(brief) : undefined)
  );
}

function signOf({ exit }: Measurement): Obstacle | undefined {
  for (const { sign, obstacle } of signs) {
    const name = nameIn(sign.exec(exit.log.tail));
    if (name !== undefined) return obstacle(name);
  }
  return undefined;
}

/** 127 and 126 are what a shell ends with where it finds no such program, or may not run it (POSIX, section 2.8.2). */
function notRun({ exit }: Measurement): Obstacle | undefined {
  if (exit.exitCode !== 127 && exit.exitCode !== 126) return undefined;
  const program = missingProgram(exit);
  if (exit.exitCode === 127) return { kind: "setup", why: `${program} is not installed`, repair: nameSetup };
  const repair = "Make the file executable, or call it with its interpreter (`sh FILE`).";
  return { kind: "brief", why: `${program} may not be executed`, repair };
}

function missingPackage({ exit }: Measurement, brief: Brief): Obstacle | undefined {
  const name = missingModules(exit.log.tail).find(({ own }) => !own)?.name;
  if (name === undefined || isWanted(name, brief)) return undefined;
  return { kind: "setup", why: `the package \`${name}\` is not installed`, repair: nameSetup };
}

/** A module that the brief speaks of may be what the change is to write, and a declared package what it is to add. */
function isWanted(name: string, { dependencies, goal, doneWhen, scope }: Brief): boolean {
  const words = [goal, ...doneWhen.map(({ text }) => text), ...scope].join(" ").split(/[^\w@/-]+|\//);
  return words.includes(name) || dependencies.some((declared) => declared.name === name);
}

function offline({ exit }: Measurement): Obstacle | undefined {
  if (!wantedNetwork(exit)) return undefined;
  const repair = `Install what it fetches by \`setup\` in ${rules}, or name the hosts under \`validation.network\`.`;
  return { kind: "setup", why: "it wanted a network that it did not have", repair };
}

/** A project without any test has none to be red; only a brief that asks for tests may begin there. */
function emptyRun({ kind }: Brief): Obstacle | undefined {
  return kind === "test backfill" ? undefined : { kind: "brief", why: "not one test ran", repair: nameTests };
}

function nameIn(match: RegExpExecArray | null): string | undefined {
  return match
    ?.slice(1)
    .find((group) => group !== undefined)
    ?.trim();
}
