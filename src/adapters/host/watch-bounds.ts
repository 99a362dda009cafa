import type { Bounds } from "../../ports/workshop.ts";

/** A bound that a process can meet. */
export type ProcessBound = "time" | "silence" | "cancel";

/** The bounds of a running process: `met` resolves to the first that it meets, and to nothing else. */
export type Watch = { met: Promise<ProcessBound>; heard(): void; end(): void };

/** Watches time, silence and the signal; `heard` is called at each sign of life, and `end` MUST be, for its timers. */
export function watchBounds(bounds: Bounds, signal: AbortSignal): Watch {
  const meet = new AbortController();
  const met = new Promise<ProcessBound>((resolve) => {
    meet.signal.addEventListener("abort", () => resolve(meet.signal.reason));
  });
  const cancel = () => meet.abort("cancel");
  const total = setTimeout(() => meet.abort("time"), bounds.totalMs);
  const silence = setTimeout(() => meet.abort("silence"), bounds.silenceMs);
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    met,
    heard: () => silence.refresh(),
    end: () => {
      clearTimeout(total);
      clearTimeout(silence);
      signal.removeEventListener("abort", cancel);
    },
  };
}
