import { uptime } from "node:os";
import type { Clock } from "../../ports.ts";

type TimeSources = { wallMs: () => number; elapsedMs: () => number };

/** A laptop that slept has let tokens expire: unlike `performance.now()`, the uptime counts that. */
const ofThisMachine: TimeSources = { wallMs: () => Date.now(), elapsedMs: () => uptime() * 1_000 };

/**
 * The time as it was at the start, and what has passed since. Whoever sets the machine's clock neither ends a wait with it nor
 * makes it last for hours.
 */
export function openSteadyClock({ wallMs, elapsedMs } = ofThisMachine): Clock {
  const begin = wallMs() - elapsedMs();
  return { now: () => new Date(begin + elapsedMs()) };
}
