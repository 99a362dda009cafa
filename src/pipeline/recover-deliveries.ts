import { decideRedeliveries } from "../intake/decide-redeliveries.ts";
import type { WebhookDeliveries } from "../ports/github.ts";
import type { Ports } from "../ports.ts";

/** GitHub delivers again what is at most three days old. */
const oldestMs = 3 * 24 * 60 * 60_000;

/** How far a pass looks back behind the one before: its redeliveries are tries of their own, and may have failed. */
const overlapMs = 15 * 60_000;

/** What a pass needs of the world. */
export type RecoveryPorts = Pick<Ports, "clock" | "inbox" | "locks" | "log"> & {
  webhookDeliveries: WebhookDeliveries;
};

/**
 * Deliveries that the inbox lacks → GitHub is asked to deliver them again. It never does that by itself. Returns the pass; the
 * first looks three days back, each later one to a little before the last that went through.
 */
export function recoverDeliveries(ports: RecoveryPorts): () => Promise<void> {
  let last: number | undefined;
  const pass = async (): Promise<void> => {
    const now = ports.clock.now();
    const from = last === undefined ? now.getTime() - oldestMs : last - overlapMs;
    const tries = await ports.webhookDeliveries.since(new Date(from));
    const known = await ports.inbox.known([...new Set(tries.map(({ delivery }) => delivery))]);
    const { again, givenUp } = decideRedeliveries(tries, { known, now });
    for (const { id, delivery, event, status } of again) {
      await ports.webhookDeliveries.redeliver(id);
      ports.log.info({ delivery, event, status }, "a delivery that never arrived was asked for again");
    }
    for (const { delivery, event, status } of givenUp)
      ports.log.warn({ delivery, event, status }, "a delivery fails each time and is not asked for again");
    last = now.getTime();
  };
  // Two processes that look at once would ask for each event twice.
  return () =>
    ports.locks
      .exclusively("recover-deliveries", pass)
      .catch((err) => ports.log.warn({ err }, "lost deliveries could not be looked for"));
}
