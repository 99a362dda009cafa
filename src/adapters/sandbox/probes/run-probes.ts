import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Confined, Sandbox } from "../../../ports/workshop.ts";
import { processors } from "../syscall-table.ts";
import { findProbes } from "./find-probes.ts";
import { type Planted, plant } from "./plant.ts";
import type { Probe } from "./probe.ts";
import { assembleProgram } from "./syscall-program.ts";

/** How long all probes in one sandbox may take; they take 0.2 s. */
const PATIENCE_MS = 30_000;

/** A probe that was tried; `seen` is what it reached, undefined where it was kept out. */
export type Probed = { probe: Probe; seen: string | undefined };

/** Runs all probes in sandboxes like those of an agent and of a validation; one that gets out of either is open. */
export async function runProbes(sandbox: Sandbox): Promise<Probed[]> {
  const planted = await plant();
  try {
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
    const runs = await Promise.all(shapes(planted).map((command) => runOnce(sandbox, command, planted)));
    return probes.map((probe) => ({ probe, seen: firstSeen(probe, runs) }));
  } finally {
    await planted.close();
  }
}

type Run = { found: Record<string, string | null> } | { trouble: string };

function firstSeen({ group, name }: Probe, runs: Run[]): string | undefined {
  for (const run of runs) {
    if ("trouble" in run) return `it could not be tried: ${run.trouble}`;
    const seen = run.found[`${group}: ${name}`];
    if (seen === undefined) return "it could not be tried";
    if (seen !== null) return seen;
  }
  return undefined;
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

async function runOnce(sandbox: Sandbox, command: Confined, { directory }: Planted): Promise<Run> {
  const log = join(directory, `probes-${command.writable.length}.log`);
  const bounds = { totalMs: PATIENCE_MS, silenceMs: PATIENCE_MS };
  const exit = await sandbox.run({ command, bounds, log }, new AbortController().signal);
  const text = exit.log.head;
  const how = exit.endedBy === "itself" ? `exit code ${exit.exitCode}` : exit.endedBy;
  if (exit.exitCode !== 0) return { trouble: `${how}: ${exit.log.tail.trim().slice(-300)}` };
  return { found: JSON.parse(text) as Record<string, string | null> };
}
