import { rm } from "node:fs/promises";
import { Failure } from "../../domain/task/failure.ts";
import type { Sandbox } from "../../ports/workshop.ts";

/** What a copy of a set-up's result may take. */
const copyMs = 10 * 60 * 1000;

/** One of our own scripts over files that a repository's commands have made; `output` keeps what it writes. */
export type ScriptOrder = {
  script: string;
  directory: string;
  readable: string[];
  writable: string[];
  environment: Record<string, string>;
  output: string;
};

/** Runs a script of ours in the sandbox, without network: the host itself follows nothing of what it finds there. */
export async function confinedScript(sandbox: Sandbox, order: ScriptOrder): Promise<void> {
  const { script, output, ...place } = order;
  const exit = await sandbox.run(
    {
      command: { ...place, argv: ["sh", "-c", script], network: "none" },
      bounds: { totalMs: copyMs, silenceMs: copyMs },
      log: output,
    },
    new AbortController().signal,
  );
  if (exit.exitCode === 0) return;
  await rm(output, { force: true });
  throw new Failure("storage", `what set-up made could not be copied: ${exit.log.tail.slice(-500).trim()}`);
}
