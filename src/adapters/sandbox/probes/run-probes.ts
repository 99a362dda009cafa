import { chmod, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeSystemError } from "../../../domain/host/system-error.ts";
import { Failure } from "../../../domain/task/failure.ts";
import type { Confined, Sandbox } from "../../../ports/workshop.ts";
import { SandboxRefusal } from "../sandbox-refusal.ts";
import { processors } from "../syscall-table.ts";
import { findProbes } from "./find-probes.ts";
import { type Planted, plant } from "./plant.ts";
import type { Probe, Tried } from "./probe.ts";
import { assembleProgram } from "./syscall-program.ts";

/** How long all probes in one sandbox may take; they take 0.2 s. */
const patienceMs = 30_000;

/** A probe and what trying it came to. */
export type Probed = { probe: Probe; tried: Tried };

/**
 * Runs all probes in sandboxes like those of an agent and of a validation; one that gets out of either is open. Rejects
 * with a `sandbox` failure where they cannot be tried at all.
 */
export async function runProbes(sandbox: Sandbox): Promise<Probed[]> {
  const planted = await plant().catch((error: unknown) => {
    throw untriable(error);
  });
  try {
    const probes = await writeProbes(planted).catch((error: unknown) => {
      throw untriable(error);
    });
    const runs = await Promise.all(shapes(planted).map((command) => runOnce(sandbox, command, planted)));
    const failed = runs.find((run) => run instanceof Failure);
    if (failed) throw failed;
    const whole = runs.flatMap((run) => (run instanceof Failure ? [] : [run]));
    return probes.map((probe) => ({ probe, tried: worstOf(probe, whole) }));
  } finally {
    await planted.close();
  }
}

/** Writes the probes, and the program that makes their calls, to where the sandbox is shown them. */
async function writeProbes(planted: Planted): Promise<Probe[]> {
  const processor = process.arch as keyof typeof processors;
  const known = processor in processors ? processor : "x64";
  const { probes, calls } = findProbes(planted, known);
  const program = assembleProgram(
    calls.map(({ call }) => call),
    known,
  );
  const code = await readFile(fileURLToPath(new URL("./try-probes.js", import.meta.url)), "utf8");
  await writeFile(join(planted.shown, "try-probes.mjs"), code);
  await writeFile(join(planted.shown, "probes.json"), JSON.stringify(probes));
  await writeFile(join(planted.shown, "calls"), program, { mode: 0o755 });
  await chmod(join(planted.shown, "calls"), 0o755);
  return probes;
}

const notAnswered = "Report it with the output of `uname -a`.";

type Run = Record<string, Tried>;

/** What a probe reached in any run counts most; that it was kept out counts only where every run says so. */
function worstOf({ group, name }: Probe, runs: Run[]): Tried {
  const all = runs.map((run): Tried => {
    const tried = run[`${group}: ${name}`];
    return tried === undefined ? { untried: "the probes ended before it", repair: notAnswered } : tried;
  });
  return all.find((tried) => typeof tried === "string") ?? all.find((tried) => tried !== null) ?? null;
}

/** The failure of a suite that says nothing about the sandbox. */
function untriable(cause: unknown): Failure {
  const why = typeof cause === "string" ? cause : (describeSystemError(cause) ?? String(cause));
  const repair = "Set TMPDIR to a directory that this user may write, with 300 MiB and 10,000 files free.";
  return new SandboxRefusal({ why: `the probes could not be tried: ${why}`, repair });
}

/** Commands as the recipes confine them: an agent with a home beside its worktree, and a validation without. */
function shapes({ scratch, home, shown }: Planted): Confined[] {
  const argv = [
    process.execPath,
    ...["try-probes.mjs", "probes.json", "calls"].map((name) => join(shown, name)),
  ];
  const common = { argv, directory: scratch, readable: [shown], network: "none" as const };
  return [
    { ...common, writable: [scratch, home], environment: { HOME: home } },
    { ...common, writable: [scratch], environment: {} },
  ];
}

async function runOnce(sandbox: Sandbox, command: Confined, { directory }: Planted): Promise<Run | Failure> {
  const log = join(directory, `probes-${command.writable.length}.log`);
  const bounds = { totalMs: patienceMs, silenceMs: patienceMs };
  const exit = await sandbox.run({ command, bounds, log }, new AbortController().signal);
  if (exit.exitCode === 0) return JSON.parse(exit.log.head) as Run;
  if (exit.endedBy === "disk") return untriable(`${tmpdir()} has almost no room`);
  const how = exit.endedBy === "itself" ? `exit code ${exit.exitCode}` : `ended by ${exit.endedBy}`;
  const lines = exit.log.tail.trim().split("\n");
  // Node.js ends what it says of an error with its version, far below the cause.
  const last = lines.find((line) => /^(?:\w*Error|bwrap|sh)\b.*: /.test(line)) ?? lines.at(-1) ?? "";
  return new SandboxRefusal({
    why: `the probes could not be tried: ${how}: ${last.slice(-300)}`,
    repair: notAnswered,
  });
}
