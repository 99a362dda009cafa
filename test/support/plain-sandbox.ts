import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { Exit } from "../../src/domain/evidence/exit.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import type { Bounds, Confined, Dialogue, Sandbox } from "../../src/ports/workshop.ts";

const tailBytes = 8 * 1024;

/** A sandbox that confines nothing: plain processes in a process group of their own, killed as a group. */
export function plainSandbox(): Sandbox {
  return {
    kind: "none",
    async run({ command, bounds, log }, signal) {
      const startedAt = Date.now();
      const child = start(command);
      const output: Buffer[] = [];
      const first = watch(child, bounds, signal);
      child.stdout?.on("data", (data: Buffer) => output.push(data));
      child.stderr?.on("data", (data: Buffer) => output.push(data));
      const [exitCode, deathSignal] = await ending(child, "close");
      first.release();
      const text = Buffer.concat(output);
      await writeFile(log, text);
      return {
        argv: command.argv,
        exitCode,
        signal: deathSignal,
        endedBy: child.pid === undefined ? "spawn" : first.cause(),
        durationMs: Date.now() - startedAt,
        log: {
          sha256: createHash("sha256").update(text).digest("hex"),
          bytes: text.length,
          head: text.subarray(0, tailBytes).toString(),
          tail: text.subarray(-tailBytes).toString(),
        },
      } satisfies Exit;
    },
    async talk(command) {
      const child = start(command);
      return new Promise<Dialogue>((resolve, reject) => {
        child.once("spawn", () => resolve(dialogueWith(child)));
        child.once("error", (error) => reject(new Failure("agent-unavailable", error.message)));
      });
    },
  };
}

function start({ argv, directory, environment }: Confined): ChildProcess {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, { cwd: directory, env: environment, detached: true });
  child.on("error", () => undefined);
  return child;
}

function dialogueWith(child: ChildProcess): Dialogue {
  const stderr = { tail: "" };
  child.stderr?.on("data", (data: Buffer) => {
    stderr.tail = (stderr.tail + data.toString()).slice(-tailBytes);
  });
  const exit = ending(child, "exit");
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("a dialogue needs pipes");
  return {
    input: stdin,
    output: stdout,
    ended: exit.then(([exitCode, signal]) => ({ exitCode, signal, stderrTail: stderr.tail })),
    stop: async () => {
      killGroup(child);
      await exit;
    },
  };
}

function ending(
  child: ChildProcess,
  event: "exit" | "close",
): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve) => {
    child.once(event, (code, signal) => resolve([code, signal]));
    child.once("error", () => resolve([null, null]));
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group is gone already.
  }
}

function watch(child: ChildProcess, bounds: Bounds, signal: AbortSignal) {
  const state: { cause: Exit["endedBy"] } = { cause: "itself" };
  const end = (cause: Exit["endedBy"]) => (): void => {
    if (state.cause === "itself") state.cause = cause;
    killGroup(child);
  };
  const total = setTimeout(end("time"), bounds.totalMs);
  const silence = setTimeout(end("silence"), bounds.silenceMs);
  const cancel = end("cancel");
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  child.stdout?.on("data", () => silence.refresh());
  return {
    cause: () => state.cause,
    release: () => {
      clearTimeout(total);
      clearTimeout(silence);
      signal.removeEventListener("abort", cancel);
    },
  };
}
