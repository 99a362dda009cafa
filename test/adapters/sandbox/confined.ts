import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { OpenedSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { Exit } from "../../../src/domain/evidence/exit.ts";
import type { Confined } from "../../../src/ports/workshop.ts";

/** A shell line as a confined command; each field can be replaced. */
export function shell(line: string, changes: Partial<Confined> = {}): Confined {
  return {
    argv: ["sh", "-c", line],
    directory: "/tmp",
    writable: [],
    readable: [],
    environment: {},
    network: "none",
    ...changes,
  };
}

/** What a run is asked for besides its command. */
type Wish = { directory: string; totalMs?: number; silenceMs?: number; signal?: AbortSignal };

/** Runs a command with generous bounds and a log of its own. */
export function runIn(sandbox: Pick<OpenedSandbox, "run">, command: Confined, wish: Wish): Promise<Exit> {
  const bounds = { totalMs: wish.totalMs ?? 30_000, silenceMs: wish.silenceMs ?? 30_000 };
  const log = join(wish.directory, `${randomInt(1e9)}.log`);
  return sandbox.run({ command, bounds, log }, wish.signal ?? new AbortController().signal);
}

/** A duration for `sleep` that no other process on the machine has. */
export function markedSeconds(): string {
  return `3${randomInt(1e5, 1e6)}`;
}
