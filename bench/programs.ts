import { monitorEventLoopDelay } from "node:perf_hooks";
import { execa } from "execa";
import { runProgram } from "../src/programs/run-program.ts";
import { round } from "./timed.ts";

/** As large as a service that has worked for a while, and as one whose store is embedded, in MiB. */
const sizes = [0, 100, 250, 500];
const rounds = 40;

const call = { file: "git", argv: ["--version"], directory: "/" };
const environment = { PATH: "/usr/local/bin:/usr/bin:/bin" };

const ways = {
  here: () => execa(call.file, call.argv, { cwd: call.directory, env: environment, extendEnv: false }),
  "by the starter": () => runProgram({ ...call, environment, timeoutMs: 60_000, outputBytes: 1024 * 1024 }),
};

/** Prints what it takes to run a small program from processes of several sizes, and for how long each stands still for it. */
export async function benchPrograms(): Promise<void> {
  const ballast: Buffer[] = [];
  const rows = [];
  for (const size of sizes) {
    while (ballast.length < size) ballast.push(Buffer.alloc(1024 * 1024, 1));
    const [here, starter] = [await measured(ways.here), await measured(ways["by the starter"])];
    rows.push({
      "more memory, MiB": size,
      "time, here / by the starter": round(here.ms / starter.ms),
      "still, here / by the starter": round(here.stillMs / starter.stillMs),
    });
  }
  console.table(rows);
}

/** The mean time of one program, and how long the loop stood still at most while it began, in ms. */
async function measured(run: () => Promise<unknown>): Promise<{ ms: number; stillMs: number }> {
  await run();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  for (let round = 0; round < rounds; round++) await run();
  delay.disable();
  return { ms: (performance.now() - start) / rounds, stillMs: delay.percentile(99) / 1e6 };
}
