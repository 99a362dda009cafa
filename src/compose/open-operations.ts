import { answerOperations } from "../adapters/operations/answer-operations.ts";
import { meteredInbox, meteredTasks } from "../adapters/operations/metered-ports.ts";
import type { Metrics } from "../adapters/operations/metrics.ts";
import type { Store } from "../adapters/store/store.ts";
import type { Config } from "../config.ts";
import type { Ports } from "../ports.ts";

/** Health and metrics of one process; `stopping` says that it was told to stop. */
export type OpenedOperations = {
  answer: ReturnType<typeof answerOperations>;
  refused(): void;
  stopping(): void;
};

/** The same store, of which is counted what happens in it. */
export function metered(store: Store, metrics: Metrics): Store {
  return { ...store, inbox: meteredInbox(store.inbox, metrics), tasks: meteredTasks(store.tasks, metrics) };
}

/** Opens the endpoints of health and metrics on the ports of a process. */
export function openOperations(
  { operations }: Config,
  { ports, metrics }: { ports: Pick<Ports, "inbox" | "tasks" | "queue" | "log">; metrics: Metrics },
): OpenedOperations {
  const told = { stop: false };
  const { inbox, tasks, queue, log } = ports;
  // A process whose sandbox does not open does not start, so that one that runs has what it needs.
  const service = { inbox, tasks, queue, log, sandbox: null, stopping: () => told.stop };
  return {
    answer: answerOperations({ service, metrics, metricsToken: operations.metricsToken }),
    refused: () => metrics.delivery("refused"),
    stopping: () => {
      told.stop = true;
    },
  };
}
