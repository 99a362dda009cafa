import { setTimeout as pause } from "node:timers/promises";
import type { Timer } from "../../ports.ts";

/** The machine's own timer. It never keeps a process alive that has nothing else to do. */
export const systemTimer: Timer = {
  every(ms, action) {
    const ended = new AbortController();
    void repeatUntilAborted({ ms, action, signal: ended.signal });
    return () => ended.abort();
  },
};

async function repeatUntilAborted(what: {
  ms: number;
  action: () => Promise<void>;
  signal: AbortSignal;
}): Promise<void> {
  const { ms, action, signal } = what;
  while (!signal.aborted) {
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) await action();
  }
}
