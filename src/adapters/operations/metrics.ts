import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { TalliedAnswer } from "../github/tell-answers.ts";
import { boundedLabels } from "./bounded-labels.ts";
import type { Counted } from "./count-change.ts";

/** How a delivery was met at the door. */
export type DeliveryOutcome = "received" | "duplicate" | "refused";

/** What is read from the store when somebody asks for the metrics. */
export type LedgerCounts = {
  tasks: Record<string, number>;
  holds: Record<string, number>;
  queue: Record<string, number>;
};

/** Agents work for seconds to hours. */
const agentSeconds = [15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200];

/** As many agents and installations get a line of their own; what comes after is counted as `other`. */
const mostNames = { agents: 20, installations: 200 };

/** The metrics of this process in Prometheus's text format, and the ways in which it counts. No label comes from outside unbounded. */
export type Metrics = {
  counted(what: Counted): void;
  delivery(outcome: DeliveryOutcome): void;
  answer(answer: TalliedAnswer): void;
  /** The whole text; without the store's counts where it did not answer. */
  text(counts: LedgerCounts | undefined): Promise<string>;
  readonly contentType: string;
};

/** Opens the metrics of one process. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const instruments = makeInstruments(registry);
  const agentOf = boundedLabels(mostNames.agents);
  const installationOf = boundedLabels(mostNames.installations);
  return {
    counted: (what) => count(what, instruments, agentOf),
    delivery: (outcome) => instruments.deliveries.inc({ outcome }),
    answer: ({ method, status, installationId, remaining }) => {
      instruments.requests.inc({ method, status });
      const installation = installationOf(String(installationId));
      if (remaining !== undefined) instruments.remaining.set({ installation }, remaining);
    },
    text: (counts) => {
      setGauges(instruments, counts);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

type Instruments = ReturnType<typeof makeInstruments>;

function makeInstruments(registry: Registry) {
  const registers = [registry];
  return {
    tasks: new Gauge({
      ...{ name: "drafthorse_tasks", help: "Tasks, by state." },
      ...{ labelNames: ["state"], registers },
    }),
    holds: new Gauge({
      ...{ name: "drafthorse_holds", help: "Held tasks, by what holds them." },
      ...{ labelNames: ["kind"], registers },
    }),
    queue: new Gauge({
      ...{ name: "drafthorse_queue_jobs", help: "Jobs in the queue." },
      ...{ labelNames: ["state"], registers },
    }),
    ledgerUp: new Gauge({ name: "drafthorse_store_up", help: "1 while the store answers.", registers }),
    entered: new Counter({
      ...{ name: "drafthorse_task_states_entered_total", help: "States that tasks entered in this process." },
      ...{ labelNames: ["state"], registers },
    }),
    deliveries: new Counter({
      ...{ name: "drafthorse_deliveries_total", help: "Webhook deliveries, by how they were met." },
      ...{ labelNames: ["outcome"], registers },
    }),
    verdicts: new Counter({
      ...{ name: "drafthorse_attempts_total", help: "Attempts that were proved, by verdict." },
      ...{ labelNames: ["verdict", "agent"], registers },
    }),
    failures: new Counter({
      ...{ name: "drafthorse_attempt_failures_total", help: "Attempts that failed, by kind." },
      ...{ labelNames: ["kind"], registers },
    }),
    agents: new Histogram({
      ...{ name: "drafthorse_agent_duration_seconds", help: "How long agents worked on an attempt." },
      ...{ labelNames: ["agent", "outcome"], buckets: agentSeconds, registers },
    }),
    cost: new Counter({
      ...{ name: "drafthorse_agent_cost_usd_total", help: "What agents reported to have cost, in dollars." },
      ...{ labelNames: ["agent"], registers },
    }),
    requests: new Counter({
      ...{ name: "drafthorse_github_requests_total", help: "Requests to GitHub; status 0 is no answer." },
      ...{ labelNames: ["method", "status"], registers },
    }),
    remaining: new Gauge({
      ...{ name: "drafthorse_github_rate_limit_remaining", help: "Requests that GitHub still allows." },
      ...{ labelNames: ["installation"], registers },
    }),
  };
}

function count(what: Counted, instruments: Instruments, agentOf: (name: string) => string): void {
  switch (what.what) {
    case "state":
      instruments.entered.inc({ state: what.state });
      return;
    case "verdict":
      instruments.verdicts.inc({ verdict: what.verdict, agent: agentOf(what.agent) });
      return;
    case "failure":
      instruments.failures.inc({ kind: what.kind });
      return;
    case "agent": {
      const agent = agentOf(what.agent);
      instruments.agents.observe({ agent, outcome: what.outcome }, what.seconds);
      if (what.costUsd !== null) instruments.cost.inc({ agent }, what.costUsd);
    }
  }
}

/** A state that nothing is in any more is not shown with its old number. */
function setGauges({ tasks, holds, queue, ledgerUp }: Instruments, counts: LedgerCounts | undefined): void {
  ledgerUp.set(counts ? 1 : 0);
  for (const gauge of [tasks, holds, queue]) gauge.reset();
  for (const [state, number] of Object.entries(counts?.tasks ?? {})) tasks.set({ state }, number);
  for (const [kind, number] of Object.entries(counts?.holds ?? {})) holds.set({ kind }, number);
  for (const [state, number] of Object.entries(counts?.queue ?? {})) queue.set({ state }, number);
}
