import type { Locks } from "../../../ports/store.ts";
import { inTime } from "../in-time.ts";
import { lockTimeout } from "../lock-timeout.ts";
import { locked } from "../locked.ts";

/** Mutual exclusion within this process. A holder cannot die alone, so there is no lease. */
export function memoryLocks({ lockWaitMs }: { lockWaitMs: number }): Locks {
  const lastOf = new Map<string, Promise<void>>();

  return {
    async exclusively(key, action) {
      const previous = lastOf.get(key);
      let release = (): void => {};
      const done = new Promise<void>((resolve) => {
        release = resolve;
      });
      const mine = Promise.all([previous, done]).then(() => {
        if (lastOf.get(key) === mine) lastOf.delete(key);
      });
      lastOf.set(key, mine);
      try {
        if (previous) await inTime(previous, { ms: lockWaitMs, late: () => lockTimeout(key, lockWaitMs) });
        return await action(locked(key));
      } finally {
        release();
      }
    },
  };
}
