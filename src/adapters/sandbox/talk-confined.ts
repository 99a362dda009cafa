import { Failure } from "../../domain/failure.ts";
import type { Dialogue } from "../../ports/workshop.ts";
import { BoundedText } from "./bounded-text.ts";
import type { Launch } from "./launch.ts";
import { startTree } from "./process-tree.ts";

/** Starts a launch with pipes for a protocol. */
export async function talkConfined(launch: Launch, redact: (text: string) => string): Promise<Dialogue> {
  const tree = startTree(launch, "pipe");
  if (typeof tree === "string") throw new Failure("agent-unavailable", tree);
  const { child, ended, stop } = tree;
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr)
    throw new Failure("agent-unavailable", `${launch.file} could not be started`);
  const errors = new BoundedText();
  stderr.on("data", (chunk: Buffer) => errors.add(chunk));
  // Writing to a process that has ended is reported by `ended`, not by a crash of ours.
  stdin.on("error", () => undefined);
  return {
    input: stdin,
    output: stdout,
    ended: ended.then(({ exitCode, signal, error }) => ({
      exitCode,
      signal,
      stderrTail: redact(error ? `${errors.tail()}\n${error}` : errors.tail()),
    })),
    stop,
  };
}
