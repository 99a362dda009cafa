import { LiveEvent } from "../../domain/task/live-event.ts";
import { parseJson } from "../../domain/text/parse-json.ts";
import type { AttemptEvent, Broadcast, EventListener, Events } from "../../ports/events.ts";
import type { Log } from "../../ports.ts";

/** Events of attempts are logged under their names and told to whoever listens in this process; live ones are broadcast. */
export function openAttemptEvents(log: Log, broadcast: Broadcast): Events {
  const listeners = new Set<EventListener>();
  const note = (event: AttemptEvent): void => {
    const { kind, ...fields } = event;
    log[kind === "attempt interrupted" ? "warn" : "info"](fields, kind);
    for (const listener of listeners) listener(event);
  };
  return {
    tell(event) {
      // Of what an agent says there is too much for a log, and of a change of a task there is the history.
      if (event.kind !== "agent output" && event.kind !== "task changed") note(event);
      const live = LiveEvent.safeParse(event);
      if (live.success) broadcast.send(JSON.stringify(live.data));
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    follow: (listener) =>
      broadcast.listen((text) => {
        // A process of another version may tell of what this one does not know.
        const event = LiveEvent.safeParse(parseJson(text)).data;
        if (event) listener(event);
      }),
  };
}
