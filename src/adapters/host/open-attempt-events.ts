import type { EventListener, Events } from "../../ports/events.ts";
import type { Log } from "../../ports.ts";

/** Events that are logged under their names, and told to whoever listens in this process. */
export function openAttemptEvents(log: Log): Events {
  const listeners = new Set<EventListener>();
  return {
    tell(event) {
      const { kind, ...fields } = event;
      log[kind === "attempt interrupted" ? "warn" : "info"](fields, kind);
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
