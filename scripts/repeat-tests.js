/**
 * Runs `npm test` several times, on a machine that is otherwise idle or beside busy loops, and prints how each run ended.
 * Exits with 1 if one of them failed. Usage: node scripts/repeat-tests.js [RUNS] [BUSY LOOPS] [JEST ARGUMENTS...]
 */
import { spawn, spawnSync } from "node:child_process";

const [runs = "3", loops = "0", ...rest] = process.argv.slice(2);
if (![runs, loops].every((text) => /^\d{1,3}$/.test(text)) || Number(runs) < 1) {
  console.error("Usage: node scripts/repeat-tests.js [RUNS] [BUSY LOOPS] [JEST ARGUMENTS...]");
  process.exit(2);
}

/** A loop that ends with this process, whatever ends it: its standard input is closed then. */
const loop =
  "process.stdin.on('end', () => process.exit()).resume(); const turn = () => { for (let i = 0; i < 1e8; i++); setImmediate(turn); }; turn();";
const busy = Array.from({ length: Number(loops) }, () =>
  spawn(process.execPath, ["--eval", loop], { stdio: ["pipe", "ignore", "inherit"] }),
);

let failed = 0;
for (let run = 1; run <= Number(runs); run += 1) {
  const began = performance.now();
  const { status, stdout } = spawnSync("npm", ["test", "--", ...rest], {
    ...{ encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 256 * 1024 * 1024 },
  });
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  const counts = /^\d+ passed, \d+ failed$/m.exec(stdout)?.[0] ?? "no count";
  console.log(
    `run ${run} beside ${loops} busy loops: ${status === 0 ? "green" : "RED"}, ${counts}, ${minutes} min`,
  );
  if (status !== 0) failed += 1;
  if (status !== 0)
    console.log(
      stdout
        .split("\n")
        .filter((line) => /^FAIL|●/.test(line))
        .join("\n"),
    );
}
for (const { stdin } of busy) stdin.end();
process.exitCode = failed === 0 ? 0 : 1;
