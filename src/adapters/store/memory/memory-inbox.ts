import type { Delivery } from "../../../domain/task/delivery.ts";
import type { Inbox } from "../../../ports/store.ts";
import type { Clock } from "../../../ports.ts";

/** The inbox in memory: nothing survives the process. */
export function memoryInbox({ clock }: { clock: Clock }): Inbox {
  const unsettled = new Map<string, Delivery>();
  const ids = new Set<string>();
  const settledAt = new Map<string, Date>();

  return {
    async store(delivery) {
      ids.add(delivery.id);
      if (unsettled.has(delivery.digest) || settledAt.has(delivery.digest)) return "known";
      unsettled.set(delivery.digest, { ...delivery });
      return "stored";
    },
    async pending(limit) {
      return [...unsettled.values()].slice(0, limit).map((delivery) => ({ ...delivery }));
    },
    async known(asked) {
      return new Set(asked.filter((id) => ids.has(id)));
    },
    async settle(digest) {
      if (unsettled.delete(digest)) settledAt.set(digest, clock.now());
    },
  };
}
