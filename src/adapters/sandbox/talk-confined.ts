import { once } from "node:events";
import type { Readable } from "node:stream";
import type { TreeBounds } from "../../domain/rules/limits.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Confined, Dialogue } from "../../ports/workshop.ts";
import { within } from "../host/within.ts";
import { BoundedText } from "./bounded-text.ts";
import { startConfined } from "./confined-tree.ts";
import type { Launch } from "./launch.ts";
import { drainMs } from "./run-confined.ts";

/** One dialogue that is to be held. */
export type TalkOrder = {
  command: Confined;
  launch: Launch;
  bounds: TreeBounds;
  redact: (text: string) => string;
};

/** Starts a launch with pipes for a protocol; a tree that meets a bound is killed. */
export async function talkConfined({ command, launch, bounds, redact }: TalkOrder): Promise<Dialogue> {
  const tree = startConfined(launch, { stdin: "pipe", command, bounds });
  if (typeof tree === "string") throw new Failure("agent-unavailable", tree);
  const { child, ended, stop } = tree;
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr)
    throw new Failure("agent-unavailable", `${launch.file} could not be started`);
  const errors = new BoundedText();
  stderr.on("data", (chunk: Buffer) => errors.add(chunk));
  // Writing to a process that has ended is reported by `ended`, not by a crash of ours.
  stdin.on("error", () => undefined);
  void tree.met.then((met) => (met ? tree.kill() : undefined));
  return {
    input: stdin,
    output: stdout,
    ended: Promise.all([ended, tree.met]).then(async ([{ exitCode, signal, error }, met]) => {
      await drained(stderr);
      return {
        ...{ exitCode, signal },
        stderrTail: redact(error ? `${errors.tail()}\n${error}` : errors.tail()),
        ...(met && { met }),
      };
    }),
    stop,
  };
}

/** The end of a process is often heard before its last words are. What holds the pipe open is not waited for longer. */
async function drained(stream: Readable): Promise<void> {
  if (stream.readableEnded || stream.destroyed) return;
  await within(
    drainMs,
    once(stream, "close").catch(() => undefined),
  );
}
