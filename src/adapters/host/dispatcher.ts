import type { Delivery } from "../../domain/task/delivery.ts";
import type { Inbox } from "../../ports/store.ts";
import type { Log, Timer } from "../../ports.ts";

/** How often deliveries are looked for that were stored but never settled, by us or by a process that died. */
const sweepMs = 5_000;

/** As many deliveries as are looked at in one sweep; the oldest come first. */
const sweepSize = 100;

/**
 * How many sweeps a delivery that failed is left alone, at most: twice as many after each failure, so that an outage of
 * GitHub costs little and is over within five minutes of its end.
 */
const maxRest = 60;

/** A dispatcher: `hand` takes a delivery that was just stored; `stop` waits for those under way. */
export type Dispatcher = { hand(delivery: Delivery): void; stop(): Promise<void> };

/**
 * Hands stored deliveries to `receive` and settles those that were handled. A delivery may be handled twice, by two
 * processes or after a crash; its effects are recognised by their meaning.
 */
export function startDispatcher(options: {
  inbox: Pick<Inbox, "pending" | "settle">;
  receive: (delivery: Delivery) => Promise<void>;
  timer: Timer;
  log: Log;
}): Dispatcher {
  const { inbox, receive, timer, log } = options;
  const underWay = new Map<string, Promise<void>>();
  const troubled = new Map<string, { failed: number; rest: number }>();

  const handle = async (delivery: Delivery): Promise<void> => {
    const { digest, id, event } = delivery;
    try {
      await receive(delivery);
      await inbox.settle(digest);
      troubled.delete(digest);
      log.info({ delivery: id, event }, "delivery handled");
    } catch (error) {
      const failed = (troubled.get(digest)?.failed ?? 0) + 1;
      troubled.set(digest, { failed, rest: Math.min(2 ** (failed - 1) - 1, maxRest) });
      log.error({ delivery: id, event, failed, err: error }, "delivery not handled");
    }
  };
  const hand = (delivery: Delivery): void => {
    const { digest } = delivery;
    if (underWay.has(digest)) return;
    const handled = handle(delivery).finally(() => underWay.delete(digest));
    underWay.set(digest, handled);
  };
  const isDue = ({ digest }: Delivery): boolean => {
    const trouble = troubled.get(digest);
    if (!trouble || trouble.rest === 0) return true;
    trouble.rest -= 1;
    return false;
  };
  const sweep = async (): Promise<void> => {
    try {
      for (const delivery of await inbox.pending(sweepSize)) if (isDue(delivery)) hand(delivery);
    } catch (error) {
      log.error({ err: error }, "pending deliveries could not be read");
    }
  };

  void sweep();
  const unsweep = timer.every(sweepMs, sweep);
  return {
    hand,
    stop: async () => {
      unsweep();
      await Promise.all(underWay.values());
    },
  };
}
