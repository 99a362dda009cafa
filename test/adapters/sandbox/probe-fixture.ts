import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { runProbes } from "../../../src/adapters/sandbox/probes/run-probes.ts";

/** Runs all probes as whoever runs this, in the kind of sandbox that the argument names, and prints what is open. */
const sandbox = await openSandbox({ kind: process.argv[2] === "none" ? "none" : "bwrap" });
const tried = await runProbes(sandbox);
const names = tried.map(({ probe }) => `${probe.group}: ${probe.name}`);
const open = tried.flatMap(({ probe, tried: what }) =>
  what !== null ? [`${probe.group}: ${probe.name}`] : [],
);
process.stdout.write(JSON.stringify({ names, open }));
