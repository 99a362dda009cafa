import type { AgentBounds } from "../../ports/workshop.ts";
import { watchBounds } from "../host/watch-bounds.ts";
import { type Gauge, judgeUse, nearly } from "../proxy/model-use.ts";

/** A bound that the work of an agent can meet. */
export type WorkBound = "time" | "silence" | "cancel" | "cost" | "turns";

/**
 * The bounds of an agent at work: `met` resolves to the first that it meets, `nearing` when most of the time, the
 * money or the turns is gone. `end` MUST be called, for the timers.
 */
export type WorkWatch = {
  met: Promise<WorkBound>;
  nearing: Promise<void>;
  heard(): void;
  spent(usd: number): void;
  end(): void;
};

/**
 * Watches time, silence, cost, turns and the signal; `heard` is called at each sign of life, `spent` at each figure that
 * the agent gives. What its model is used for is told by the gauge.
 */
export function watchWork(
  { bounds, gauge }: { bounds: AgentBounds; gauge?: Gauge | undefined },
  signal: AbortSignal,
): WorkWatch {
  const watch = watchBounds(bounds, signal);
  const used = new AbortController();
  const near = new AbortController();
  const timer = setTimeout(() => near.abort(), bounds.totalMs * nearly);
  const judge = (judgement: ReturnType<typeof judgeUse>): void => {
    if (judgement === "nearing") near.abort();
    else if (judgement) used.abort(judgement);
  };
  gauge?.onUse((use) => judge(judgeUse(use, bounds)));
  return {
    met: Promise.race([watch.met, aborted(used.signal).then((): WorkBound => used.signal.reason)]),
    nearing: aborted(near.signal),
    heard: watch.heard,
    spent: (usd) => judge(judgeUse({ usd, turns: 0, refused: null }, bounds)),
    end: () => {
      clearTimeout(timer);
      watch.end();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
