import type { NeededPart } from "../../domain/host/readiness.ts";
import type { Inbox, Queue, Tasks } from "../../ports/store.ts";
import type { Log } from "../../ports.ts";
import { within } from "../host/within.ts";
import type { LedgerCounts } from "./metrics.ts";

/** What is looked into for health and metrics. `sandbox` is why no attempt can start here, null where one can. */
export type ExaminedService = {
  inbox: Pick<Inbox, "known">;
  tasks: Pick<Tasks, "find" | "count">;
  queue: Pick<Queue, "depth">;
  sandbox: string | null;
  log: Pick<Log, "warn">;
  /** Whether this process was told to stop. */
  stopping(): boolean;
};

/** How long the store may take to answer, in milliseconds: what asks for readiness gives up after a few seconds. */
const answerMs = 2_000;

/** An id that no delivery has: the question is whether there is an answer. */
const nobody = ["readyz"];

/** Asks all that the process needs, all at once and within a bound. Never rejects. */
export async function lookIntoParts(service: ExaminedService): Promise<NeededPart[]> {
  const [store, queue] = await Promise.all([
    trouble("store", service.inbox.known(nobody), service.log),
    trouble("queue", service.queue.depth(), service.log),
  ]);
  return [
    { name: "process", reason: service.stopping() ? "It was told to stop." : null },
    { name: "store", reason: store },
    { name: "queue", reason: queue },
    { name: "sandbox", reason: service.sandbox },
  ];
}

/** Counts what the store has; undefined where it does not answer. Never rejects. */
export async function countLedger({ tasks, queue }: ExaminedService): Promise<LedgerCounts | undefined> {
  const held = tasks.find({ live: true, states: ["held"] });
  const counting = Promise.all([tasks.count(), held, queue.depth()]).catch(() => undefined);
  const answer = await within(answerMs, counting);
  if (!answer) return undefined;
  const [counted, waiting, depth] = answer;
  return {
    tasks: add(counted.map(({ state, count }) => [state, count])),
    holds: add(waiting.flatMap(({ hold }) => (hold ? [[hold.kind, 1]] : []))),
    queue: depth,
  };
}

/** What a database says may name its address, so only the kind of the trouble is told; the log has the rest. */
async function trouble(
  part: string,
  asked: Promise<unknown>,
  log: Pick<Log, "warn">,
): Promise<string | null> {
  const answer = await within(
    answerMs,
    asked.then(
      () => "answers" as const,
      (err: unknown) => {
        log.warn({ part, err }, "not ready");
        return "fails" as const;
      },
    ),
  );
  if (answer === "answers") return null;
  return answer === "fails"
    ? "It answers with an error. The log has it."
    : `It did not answer within ${answerMs / 1_000} s.`;
}

function add(counts: (readonly [name: string, count: number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
