import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { sandboxProblem } from "../../domain/host/supported-system.ts";
import type { TreeBounds } from "../../domain/rules/limits.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Confined, Sandbox } from "../../ports/workshop.ts";
import { bubblewrap } from "./bubblewrap.ts";
import { withDefaults } from "./confined-tree.ts";
import { groundHere, repairForRefusal } from "./explain-refusal.ts";
import { findProgram } from "./find-program.ts";
import { type Driver, defaultPath, type Launch } from "./launch.ts";
import { noSandbox } from "./no-sandbox.ts";
import { runConfined } from "./run-confined.ts";
import { type NoWall, SandboxRefusal } from "./sandbox-refusal.ts";
import { talkConfined } from "./talk-confined.ts";

/** The probe takes 5 ms on an idle machine. */
const probeMs = 10_000;

/** An opened sandbox; `describe` says in one sentence what it is, and why where it is none. */
export type OpenedSandbox = Sandbox & { describe(): string };

/** Which sandbox is wanted. `redact` is applied to all text that leaves it. */
export type SandboxChoice = { kind: "auto" | "bwrap" | "none"; redact?: (text: string) => string };

/** Opens the sandbox after it has really run something; rejects with a `sandbox` failure where there is none. */
export async function openSandbox({ kind, redact = (text) => text }: SandboxChoice): Promise<OpenedSandbox> {
  if (kind === "none")
    return sandboxOf(noSandbox, { redact, why: "not sandboxed: the configuration says so" });
  const found = await probed();
  if ("driver" in found) return sandboxOf(found.driver, { redact, why: "bubblewrap with a minimal root" });
  const wayOut = "SANDBOX=none works without a sandbox, and every pull request says so.";
  throw new SandboxRefusal(found.trouble, wayOut);
}

function sandboxOf(driver: Driver, how: { redact: (text: string) => string; why: string }): OpenedSandbox {
  const { redact, why } = how;
  return {
    kind: driver.kind,
    describe: () => why,
    run: async ({ command, bounds, log, part }, signal) => {
      const full = { ...command, argv: withOneOutput(command.argv) };
      const launch = missing(driver, command) ?? (await launched(driver, full, bounds));
      return runConfined({ command, launch, bounds, log, part, redact }, signal);
    },
    talk: async (command, bounds = {}) => {
      const launch = missing(driver, command) ?? (await launched(driver, command, bounds));
      if (typeof launch === "string") throw new Failure("agent-unavailable", launch);
      return talkConfined({ command, launch, bounds: withDefaults(bounds), redact });
    },
  };
}

/** The launch of a command, or why the host could not make it ready. */
function launched(driver: Driver, command: Confined, bounds: Partial<TreeBounds>): Promise<Launch | string> {
  return driver.launch(command, withDefaults(bounds)).catch((error: Error) => error.message);
}

/** Both outputs on one pipe, so that their lines are kept in the order in which they were written. */
function withOneOutput(argv: string[]): string[] {
  return ["/bin/sh", "-c", 'exec "$@" 2>&1', "sh", ...argv];
}

/** Asked beforehand, since a launcher that does not find its command looks like a command that failed. */
function missing(driver: Driver, command: Confined): string | undefined {
  const { argv, directory, environment, readable, writable, sockets = [] } = command;
  const [name = ""] = argv;
  const places = [directory, ...readable, ...writable, ...sockets];
  // The arguments of bwrap are told apart by zero bytes: one inside a value would begin an option of its own.
  if ([...argv, ...places, ...Object.entries(environment).flat()].some((text) => text.includes("\0")))
    return "a zero byte can be in no argument, path or variable";
  const path = environment.PATH ?? defaultPath;
  const lost = places.find((place) => !isAbsolute(place) || !existsSync(place));
  if (lost !== undefined) return `${lost} does not exist, or is no absolute path`;
  if (findProgram(name, { path, directory, visible: driver.visible(command) })) return undefined;
  return `${name || "an empty command"} is no program that can be seen from the sandbox (PATH ${path})`;
}

async function probed(): Promise<{ driver: Driver } | { trouble: NoWall }> {
  const missing = sandboxProblem(process);
  if (missing !== undefined) return { trouble: { why: missing, repair: elsewhere } };
  const asked = spawnSync("bwrap", ["--help"], { encoding: "utf8", env: { PATH: defaultPath } });
  if (asked.error) return { trouble: notInstalled };
  // Also an old one writes its help; one that cannot even do that says why.
  if (!asked.stdout.includes("--")) return { trouble: explainNoSandbox(firstOutputLine(asked.stderr)) };
  const driver = bubblewrap(asked.stdout);
  if ("why" in driver) return { trouble: driver };
  const said = await probe(driver);
  return said === "" ? { driver } : { trouble: explainNoSandbox(said) };
}

const elsewhere = "Run it in a Linux machine or container, on x64 or arm64.";

const notInstalled: NoWall = {
  why: "bubblewrap is not installed",
  repair: "Install it by your package manager, as in `apt-get install bubblewrap`.",
};

function explainNoSandbox(said: string): NoWall {
  const words = said.replace(/^(?:bwrap: )+/, "").replace(/\.+$/, "");
  return {
    why: `bubblewrap does not work here: ${words}`,
    repair: `${repairForRefusal(said, groundHere())}.`,
  };
}

function firstOutputLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}

/** What goes wrong with the smallest command, or nothing. */
async function probe(driver: Driver): Promise<string> {
  const command: Confined = {
    argv: ["/usr/bin/true"],
    directory: "/",
    writable: [],
    readable: [],
    environment: {},
    network: "none",
  };
  const bounds = withDefaults({});
  const launch = await driver.launch(command, bounds);
  const dialogue = await talkConfined({ command, launch, bounds, redact: (text) => text });
  dialogue.output.resume();
  const late = setTimeout(() => void dialogue.stop(), probeMs);
  const { exitCode, stderrTail } = await dialogue.ended;
  clearTimeout(late);
  return exitCode === 0 ? "" : firstOutputLine(stderrTail) || `exit code ${exitCode}`;
}
