import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";

/** A worker whose confined command outlives it unless the sandbox dies with the worker. Arguments: seconds, log, kind. */
const [seconds = "", log = "", kind = "bwrap"] = process.argv.slice(2);
const sandbox = await openSandbox({ kind: kind === "none" ? "none" : "bwrap" });
const command = {
  argv: ["sh", "-c", 'setsid sleep "$1" & sleep "$1"', "sh", seconds],
  directory: "/tmp",
  writable: [],
  readable: [],
  environment: {},
  network: "none" as const,
};
await sandbox.run(
  { command, bounds: { totalMs: 60_000, silenceMs: 60_000 }, log },
  new AbortController().signal,
);
