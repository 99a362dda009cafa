import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Runs commands one after another in this process: each comes as a message, and its end is the answer. */

/** A command, its directory and the whole of its environment. */
export type CommandCall = { cwd: string; args: string[]; env: Record<string, string | undefined> };
/** What a command left: its exit code and what it wrote. */
export type CommandEnd = { status: number; out: string; err: string };

const main = join(import.meta.dirname, "../../src/cli/main.js");
let written = { out: "", err: "" };
let turns = 0;

process.stdout.write = keep("out");
process.stderr.write = keep("err");
process.stdout.setMaxListeners(0);

process.on("message", (call: CommandCall) => {
  begin(call).catch((error: unknown) => {
    throw error;
  });
});

// The command has ended as soon as nothing is left that could go on: then a process of its own would end too.
process.on("beforeExit", () => {
  if (turns === 0) return;
  process.channel?.ref();
  const end: CommandEnd = { status: Number(process.exitCode ?? 0), ...written };
  process.exitCode = 0;
  process.send?.(end);
});

async function begin({ cwd, args, env }: CommandCall): Promise<void> {
  process.channel?.unref();
  written = { out: "", err: "" };
  process.exitCode = undefined;
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.execPath, main, ...args];
  turns += 1;
  await import(`${pathToFileURL(main).href}?turn=${turns}`);
}

function keep(stream: "out" | "err"): typeof process.stdout.write {
  return ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    written[stream] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    const done = rest.find((part) => typeof part === "function") as (() => void) | undefined;
    done?.();
    return true;
  }) as typeof process.stdout.write;
}
