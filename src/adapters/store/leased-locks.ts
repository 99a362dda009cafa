import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Locks } from "../../ports/store.ts";
import type { Log } from "../../ports.ts";
import { lockTimeout } from "./lock-timeout.ts";
import { locked } from "./locked.ts";
import { memoryLocks } from "./memory/memory-locks.ts";

/** What a database must do for a lock: each is one atomic step, and false means that the token does not hold it. */
export type Leases = {
  take(key: string, token: string): Promise<boolean>;
  renew(key: string, token: string): Promise<boolean>;
  release(key: string, token: string): Promise<void>;
};

type LeasedLocksOptions = { leases: Leases; times: { lockLeaseMs: number; lockWaitMs: number }; log: Log };

/** How often another process's lock is asked for, in milliseconds: a hand-over is felt at once, the load is small. */
const pollMs = 25;

/** Renewals within one lease: two may be missed before it ends. */
const renewalsPerLease = 3;

/** Mutual exclusion between processes by leases in a database; within this process callers queue in memory. */
export function leasedLocks({ leases, times, log }: LeasedLocksOptions): Locks {
  const here = memoryLocks(times);

  const take = async (key: string, deadline: number): Promise<string> => {
    const token = randomUUID();
    while (!(await leases.take(key, token))) {
      if (performance.now() >= deadline) throw lockTimeout(key, times.lockWaitMs);
      await setTimeout(pollMs);
    }
    return token;
  };
  const renew = async (key: string, token: string): Promise<void> => {
    const held = await leases.renew(key, token).catch(() => undefined);
    if (!held) log.warn({ lock: key, lost: held === false }, "a lock could not be renewed");
  };
  const release = async (key: string, token: string): Promise<void> => {
    await leases.release(key, token).catch(() => log.warn({ lock: key }, "a lock is left to expire"));
  };

  return {
    exclusively(key, action) {
      const deadline = performance.now() + times.lockWaitMs;
      return here.exclusively(key, async () => {
        const token = await take(key, deadline);
        const renewal = setInterval(() => void renew(key, token), times.lockLeaseMs / renewalsPerLease);
        try {
          return await action(locked(key));
        } finally {
          clearInterval(renewal);
          await release(key, token);
        }
      });
    },
  };
}
