import type { AgentBounds } from "../../ports/workshop.ts";
import { watchBounds } from "../watch-bounds.ts";

/** A bound that the work of an agent can meet. */
export type Met = "time" | "silence" | "cancel" | "cost";

/** The share of time and money at which an agent is told to wrap up (SPEC section 7). */
const nearly = 0.8;

/**
 * The bounds of an agent at work: `met` resolves to the first that it meets, `nearing` when most of the time or the
 * money is gone. `end` MUST be called, for the timers.
 */
export type WorkWatch = {
  met: Promise<Met>;
  nearing: Promise<void>;
  heard(): void;
  spent(usd: number): void;
  end(): void;
};

/** Watches time, silence, cost and the signal; `heard` is called at each sign of life, `spent` at each figure. */
export function watchWork(bounds: AgentBounds, signal: AbortSignal): WorkWatch {
  const watch = watchBounds(bounds, signal);
  const broke = new AbortController();
  const near = new AbortController();
  const timer = setTimeout(() => near.abort(), bounds.totalMs * nearly);
  return {
    met: Promise.race([watch.met, aborted(broke.signal).then((): Met => "cost")]),
    nearing: aborted(near.signal),
    heard: watch.heard,
    spent: (usd) => {
      if (bounds.usd === null) return;
      if (usd >= bounds.usd * nearly) near.abort();
      if (usd >= bounds.usd) broke.abort();
    },
    end: () => {
      clearTimeout(timer);
      watch.end();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
