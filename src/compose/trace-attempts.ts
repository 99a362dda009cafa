import { ownVersion } from "../adapters/host/own-version.ts";
import { traceTask } from "../adapters/operations/trace-task.ts";
import type { Config } from "../config.ts";
import type { Ports } from "../ports.ts";

/**
 * Sends a trace of each attempt that this process ends to the collector that the settings name; without one nothing is even
 * loaded. Resolves to what sends the rest and stops.
 */
export async function traceAttempts(
  { operations: { traces } }: Pick<Config, "operations">,
  { events, tasks, log }: Pick<Ports, "events" | "tasks" | "log">,
): Promise<() => Promise<void>> {
  if (traces === undefined) return async () => undefined;
  const { openTraceExport } = await import("../adapters/operations/open-trace-export.ts");
  const sending = openTraceExport({ endpoint: traces, version: ownVersion });
  const underWay = new Set<Promise<void>>();
  const unlisten = events.listen((event) => {
    if (event.kind !== "attempt ended") return;
    const sent = tasks
      .history(event.task)
      .then((history) => {
        const made = traceTask(event.task, event.attempt, history);
        if (made) sending.send(made);
      })
      .catch((err) => log.warn({ err, task: event.task }, "an attempt could not be traced"))
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  });
  return async () => {
    unlisten();
    await Promise.all(underWay);
    await sending.close();
  };
}
