import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Confined, Sandbox } from "../../ports/workshop.ts";
import { gitEnvironment } from "./git-environment.ts";

/** What one step of a capture may take: 59,000 files take 3 s on a small machine, a 50 GB file never ends. */
const stepMs = 3 * 60 * 1000;
/** What a step may write: a pack beyond this holds no change that a person could review. */
const outputBytes = 1024 * 1024 * 1024;

/** Where and over what git runs confined. `output` takes what it writes and lies where it cannot write itself. */
export type ConfinedPlace = {
  sandbox: Sandbox;
  gitDir: string;
  workTree: string;
  readable: string[];
  /** What our scripts read as `$LISTS` and `$BASE`. */
  lists: string;
  base: ObjectId;
  output: string;
  /** What may be written to it at most, in bytes. */
  most?: number;
};

/** What a confined step wrote and how it ended. `words` come from what an agent left: only to be shown. */
export type ConfinedResult = { output: string; exitCode: number; words: string };

/** Runs one of our scripts over what an agent has left, without network; resolves whatever its exit code. */
export async function confinedGit(script: string, place: ConfinedPlace): Promise<ConfinedResult> {
  const { sandbox, gitDir, workTree, readable, lists, base, output, most = outputBytes } = place;
  const command: Confined = {
    argv: ["sh", "-c", script],
    directory: workTree,
    writable: [gitDir],
    readable: [workTree, lists, ...readable],
    environment: { ...gitEnvironment({ gitDir, workTree }), LISTS: lists, BASE: base },
    network: "none",
  };
  const dialogue = await sandbox.talk(command).catch((error: Error) => {
    throw new Failure("sandbox", error.message, { cause: error });
  });
  dialogue.input.end();
  const overdue = AbortSignal.timeout(stepMs);
  overdue.addEventListener("abort", () => void dialogue.stop());
  await pipeline(dialogue.output, sizeBound(most), createWriteStream(output)).catch(async (error) => {
    await dialogue.stop();
    throw error;
  });
  const { exitCode, stderrTail } = await dialogue.ended;
  if (overdue.aborted) throw new Failure("bound", `the worktree could not be read within ${stepMs / 1000} s`);
  if (exitCode === null || /bwrap could not begin/.test(stderrTail))
    throw new Failure("sandbox", `the capture could not be run: ${stderrTail.slice(-500)}`);
  return { output, exitCode, words: stderrTail };
}

/** The file with what a step wrote, or an `agent-failed` failure where it did not succeed. */
export function outputFile({ output, exitCode, words }: ConfinedResult): string {
  if (exitCode === 0) return output;
  throw new Failure("agent-failed", `git cannot take what is in the worktree: ${words.slice(-500)}`);
}

/** What a step wrote that is small: a list, an id. */
export function outputOf(result: ConfinedResult): Promise<Buffer> {
  return readFile(outputFile(result));
}

function sizeBound(most: number): Transform {
  let written = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length;
      if (written <= most) done(null, chunk);
      else
        done(new Failure("bound", `the change, or the list of what is in it, is larger than ${most} bytes`));
    },
  });
}
