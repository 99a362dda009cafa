import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { type OpenedSandbox, openSandbox } from "../src/adapters/sandbox/open-sandbox.ts";
import { runProbes } from "../src/adapters/sandbox/probes/run-probes.ts";
import type { Exit } from "../src/domain/evidence/exit.ts";
import { eventually, processesWith } from "../test/support/processes.ts";

const mebibyte = 2 ** 20;
const starts = 60;
const kills = 20;
/** How much a command floods its worker with; another number may follow the bench's name. */
const usualFlood = 10;

type Place = { sandbox: OpenedSandbox; directory: string };

/** What the sandbox costs: to start, to be tried, to be flooded; and what a killed worker leaves. */
export async function benchSandbox(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "drafthorse-bench-"));
  try {
    const place = { sandbox: await openSandbox({ kind: "bwrap" }), directory };
    console.table([await start(place)]);
    console.table([await probe(place)]);
    console.table([await flood(place, Number(process.argv[3] ?? usualFlood))]);
    console.table([await kill(place)]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run({ sandbox, directory }: Place, line: string): Promise<Exit> {
  const command = {
    ...{ argv: ["sh", "-c", line], directory, writable: [], readable: [directory] },
    ...{ environment: {}, network: "none" as const },
  };
  const bounds = { totalMs: 600_000, silenceMs: 600_000 };
  return sandbox.run({ command, bounds, log: join(directory, "log") }, new AbortController().signal);
}

async function start(place: Place) {
  const times: number[] = [];
  for (let round = 0; round < starts; round++) {
    const began = performance.now();
    await run(place, "true");
    times.push(performance.now() - began);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { startMs: sorted[starts / 2], p95: sorted[Math.floor(starts * 0.95)] };
}

async function probe({ sandbox }: Place) {
  const began = performance.now();
  const tried = await runProbes(sandbox);
  const open = tried.filter(({ tried: what }) => what !== null);
  return { probes: tried.length, open: open.length, ms: performance.now() - began };
}

async function flood(place: Place, gibibytes: number) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage().rss;
  const peak = { rss: before };
  const look = setInterval(() => {
    peak.rss = Math.max(peak.rss, process.memoryUsage().rss);
  }, 50);
  delay.enable();
  const { log, durationMs } = await run(place, `echo first; head -c ${gibibytes}G /dev/zero; echo last`);
  delay.disable();
  clearInterval(look);
  return {
    ...{ gibibytes, seconds: durationMs / 1000, keptMiB: log.bytes / mebibyte },
    grownMiB: (peak.rss - before) / mebibyte,
    longestDelayMs: delay.max / 1e6,
    hasEnds: log.head.startsWith("first") && /last\n/.test(log.tail),
  };
}

/** Kills a worker again and again, and counts what of its sandbox lives 2 s later. */
async function kill({ directory }: Place) {
  const left = { processes: 0 };
  const fixture = join(import.meta.dirname, "../test/adapters/sandbox/worker-fixture.js");
  for (let round = 0; round < kills; round++) {
    const seconds = `3${randomInt(1e5, 1e6)}`;
    const worker = spawn(process.execPath, [fixture, seconds, join(directory, "log")], { stdio: "ignore" });
    await eventually("the sandbox has its sleep", () => processesWith(`sleep ${seconds}`) >= 2);
    worker.kill("SIGKILL");
    await pause(2_000);
    left.processes += processesWith(seconds);
  }
  return { kills, leftAfter2s: left.processes };
}
