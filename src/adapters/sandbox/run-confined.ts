import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { Ending, Exit } from "../../domain/evidence/exit.ts";
import type { Bounds, Confined, LogPart } from "../../ports/workshop.ts";
import { watchBounds } from "../host/watch-bounds.ts";
import { within } from "../host/within.ts";
import { startConfined, withDefaults } from "./confined-tree.ts";
import type { Launch } from "./launch.ts";
import { OutputLog } from "./output-log.ts";
import type { Ended } from "./process-tree.ts";

/** How long output may still come after the end: a daemon that holds the pipe open would hold us for ever. */
export const drainMs = 1_000;

/** One bounded run. `launch` is a sentence where the command cannot be started at all. */
export type RunOrder = {
  command: Confined;
  launch: Launch | string;
  bounds: Bounds;
  log: string;
  part?: LogPart | undefined;
  redact: (text: string) => string;
};

/** Runs a launch to its end or to the first bound that it meets, whatever comes first. Never rejects. */
export async function runConfined(order: RunOrder, signal: AbortSignal): Promise<Exit> {
  const began = performance.now();
  const output = new OutputLog(order.log, { added: order.part?.added ?? false });
  if (order.part) output.write(`${order.part.title}\n`);
  const end = await awaitEnd(order, { output, signal });
  if (end.error) output.write(`${end.error}\n`);
  output.end();
  await finished(output);
  return {
    argv: order.command.argv,
    exitCode: end.exitCode,
    signal: end.signal,
    endedBy: end.endedBy,
    durationMs: Math.round(performance.now() - began),
    log: output.record(order.redact),
  };
}

async function awaitEnd(
  { command, launch, bounds }: RunOrder,
  { output, signal }: { output: OutputLog; signal: AbortSignal },
): Promise<Ended & { endedBy: Ending }> {
  if (typeof launch === "string") return { exitCode: null, signal: null, endedBy: "spawn", error: launch };
  if (signal.aborted) return { exitCode: null, signal: null, endedBy: "cancel" };
  const tree = startConfined(launch, { stdin: "ignore", command, bounds: withDefaults(bounds) });
  if (typeof tree === "string") return { exitCode: null, signal: null, endedBy: "spawn", error: tree };
  const watch = watchBounds(bounds, signal);
  recordOutput(tree.child, { output, heard: watch.heard });
  const endedBy = await Promise.race([tree.met.then((met): Ending => met ?? "itself"), watch.met]);
  watch.end();
  if (endedBy === "memory" || endedBy === "processes" || endedBy === "disk") await tree.kill();
  else if (endedBy !== "itself") await tree.stop();
  const end = await tree.ended;
  await drain(tree.child);
  return { ...end, endedBy: end.error && endedBy === "itself" ? "spawn" : endedBy };
}

function recordOutput(child: ChildProcess, to: { output: OutputLog; heard: () => void }): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", to.heard);
    stream?.pipe(to.output, { end: false });
  }
}

async function drain(child: ChildProcess): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const ended = streams.map((stream) =>
    stream.readableEnded || stream.destroyed ? undefined : once(stream, "close"),
  );
  await within(
    drainMs,
    Promise.all(ended).catch(() => undefined),
  );
  for (const stream of streams) stream.unpipe().destroy();
}
