import { setTimeout } from "node:timers/promises";

/** Waits for a promise so long and no longer; then rejects with what `late` makes. */
export async function inTime<T>(promise: Promise<T>, bound: { ms: number; late: () => Error }): Promise<T> {
  const timer = new AbortController();
  const ended = setTimeout(bound.ms, undefined, { signal: timer.signal }).then(() => {
    throw bound.late();
  });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    timer.abort();
    // The timer that was called off rejects too, and nobody is to hear of it.
    ended.catch(() => undefined);
  }
}
