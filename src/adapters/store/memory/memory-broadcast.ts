import { type Broadcast, broadcastBytes } from "../../../ports/events.ts";

/** Between the parts of one process, for engines that only one process may use. */
export function memoryBroadcast(): Broadcast {
  const listeners = new Set<(text: string) => void>();
  return {
    // Later, as over a server: who tells must not meet what a listener does.
    send: (text) => {
      if (Buffer.byteLength(text) <= broadcastBytes)
        setImmediate(() => {
          for (const listener of listeners) listener(text);
        });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
