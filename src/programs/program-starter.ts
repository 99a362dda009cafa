import { execa } from "execa";
import {
  type ProgramAnswer,
  type ProgramCall,
  type ProgramEnd,
  type ProgramRequest,
  unseenEnd,
} from "./program.ts";

/** The whole of a process of its own: it starts the programs that it is asked for and tells how each ended. */
process.on("message", (request: ProgramRequest) => void answer(request));

/** Whoever asked is gone. execa ends the programs that still run, so that git takes its locks away. */
process.on("disconnect", () => process.exit());

/** Whoever asked says when it ends: a service that is told to stop finishes its step first, and its step needs git. */
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => undefined);

async function answer({ id, call }: ProgramRequest): Promise<void> {
  // What throws, such as an argument with NUL, ends its own call and not all that run beside it.
  const end = await endOf(call).catch((error: unknown) => unseenEnd(String(error)));
  const reply: ProgramAnswer = { id, end };
  // The asker may have gone meanwhile; nobody needs the answer then.
  if (process.connected) process.send?.(reply, () => undefined);
}

async function endOf(call: ProgramCall): Promise<ProgramEnd> {
  const { file, argv, directory, environment, input, inputFile, timeoutMs, outputBytes } = call;
  const result = await execa(file, argv, {
    ...{ cwd: directory, env: environment, extendEnv: false },
    ...(inputFile === undefined ? { input: input ?? "" } : { inputFile }),
    ...{ encoding: "buffer", stripFinalNewline: false, maxBuffer: outputBytes },
    ...{ timeout: timeoutMs, killSignal: "SIGKILL", reject: false },
  });
  const { exitCode, timedOut, isMaxBuffer: overflowed, failed } = result;
  const [stdout, stderr] = [result.stdout ?? new Uint8Array(), result.stderr ?? new Uint8Array()];
  const problem = failed ? (result.shortMessage ?? "It failed without a word.") : undefined;
  return { exitCode, stdout, stderr, timedOut, overflowed, problem };
}
