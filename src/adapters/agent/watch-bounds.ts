import type { Bounds } from "../../ports/workshop.ts";
import { type Ending, stoppedBy } from "./ending.ts";

/** The bounds of one work as they run: `met` resolves with the first that is met, `heard` ends a silence. */
export type Watch = { met: Promise<Ending>; heard(): void; release(): void };

/** Starts the bounds of an agent's work; `release` MUST be called, for the timers keep the process alive. */
export function watchBounds(bounds: Bounds, signal: AbortSignal): Watch {
  const { promise: met, resolve } = openPromise<Ending>();
  const total = setTimeout(() => resolve(stoppedBy("time", bounds)), bounds.totalMs);
  const silence = setTimeout(() => resolve(stoppedBy("silence", bounds)), bounds.silenceMs);
  const cancel = (): void => resolve(stoppedBy("cancel", bounds));
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  return {
    met,
    heard: () => void silence.refresh(),
    release: () => {
      clearTimeout(total);
      clearTimeout(silence);
      signal.removeEventListener("abort", cancel);
    },
  };
}

function openPromise<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  const opened: { resolve: (value: T) => void } = { resolve: () => undefined };
  const promise = new Promise<T>((resolve) => {
    opened.resolve = resolve;
  });
  return { promise, resolve: (value) => opened.resolve(value) };
}
