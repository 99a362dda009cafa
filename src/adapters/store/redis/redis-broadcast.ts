import type { Redis } from "ioredis";
import type { Broadcast } from "../../../ports/events.ts";
import type { Log } from "../../../ports.ts";
import { broadcastSender } from "../broadcast-sender.ts";

/** How often a silent subscription is asked for an answer, in milliseconds: its connection is made anew without one. */
const pingMs = 5_000;

type BroadcastConnections = {
  /** For the commands of the store. */
  sending: Redis;
  /** For the subscription alone; it is connected when somebody listens. */
  hearing: Redis;
  log: Log;
};

/** By Redis's publish and subscribe. Its channels are not those of one database, so the name has the number. */
export function redisBroadcast({ sending, hearing, log }: BroadcastConnections): Broadcast {
  const channel = `drafthorse:events:${sending.options.db ?? 0}`;
  const listeners = new Set<(text: string) => void>();
  hearing.on("message", (_, text: string) => {
    for (const listener of listeners) listener(text);
  });
  const subscribe = (): void => {
    const failed = (error: Error) => log.warn({ cause: error.message }, "events are not heard");
    // A connection that comes back subscribes again by itself.
    hearing.subscribe(channel).catch(failed);
    const ping = setInterval(() => void hearing.ping().catch(() => undefined), pingMs).unref();
    hearing.once("end", () => clearInterval(ping));
  };
  return {
    send: broadcastSender((text) => sending.publish(channel, text), { log }),
    listen: (listener) => {
      if (hearing.status === "wait") subscribe();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
