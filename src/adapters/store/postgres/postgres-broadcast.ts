import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import type { Broadcast } from "../../../ports/events.ts";
import type { Log } from "../../../ports.ts";
import { broadcastSender } from "../broadcast-sender.ts";
import { errorLogger } from "../error-logger.ts";

/** The channel; notifications are those of one database. */
const channel = "drafthorse_events";

/** The pause before a lost connection is made anew, in milliseconds. */
const againMs = 500;

/** How often a silent connection is asked for an answer, in milliseconds: it is made anew without one. */
const pingMs = 5_000;

type BroadcastPools = {
  /** For the statements of the store. */
  sending: Pool;
  /** With bounded statements, for the one connection that hears; it is made when somebody listens. */
  hearing: Pool;
  log: Log;
};

/** By PostgreSQL's LISTEN and NOTIFY. `close` MUST be called before the pools are ended: one connection is kept. */
export function postgresBroadcast(pools: BroadcastPools): Broadcast & { close(): void } {
  const { sending, log } = pools;
  const listeners = new Set<(text: string) => void>();
  const closing = new AbortController();
  const state = { isHearing: false };
  return {
    send: broadcastSender((text) => sending.query("select pg_notify($1, $2)", [channel, text]), { log }),
    listen: (listener) => {
      listeners.add(listener);
      const tell = (text: string): void => {
        for (const each of listeners) each(text);
      };
      if (!state.isHearing) void listenAgain(pools, { tell, signal: closing.signal });
      state.isHearing = true;
      return () => void listeners.delete(listener);
    },
    close: () => closing.abort(),
  };
}

type NotificationTarget = { tell: (text: string) => void; signal: AbortSignal };

/** Listens until it is closed, on one connection after the other. */
async function listenAgain(
  { hearing, log }: BroadcastPools,
  { tell, signal }: NotificationTarget,
): Promise<void> {
  const failed = errorLogger(log, "events are not heard");
  while (!signal.aborted) {
    try {
      const client = await hearing.connect();
      await listenOn(client, { tell, signal }).finally(() => client.release(true));
    } catch (thrown) {
      if (!signal.aborted && thrown instanceof Error) failed(thrown);
    }
    await pause(againMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Rejects when the connection is lost, or does not answer, or the store is closed. */
async function listenOn(client: PoolClient, { tell, signal }: NotificationTarget): Promise<void> {
  // What is lost while no query waits is an event, and nobody else listens for it.
  const lost = once(client, "end", { signal });
  lost.catch(() => undefined);
  client.on("notification", ({ payload }) => tell(payload ?? ""));
  await client.query(`listen ${channel}`);
  for (;;) {
    await Promise.race([lost, pause(pingMs, undefined, { signal, ref: false })]);
    await client.query("select 1");
  }
}
