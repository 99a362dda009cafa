import type { Redis } from "ioredis";
import type { Leases } from "../leased-locks.ts";
import { stored } from "../storage-failure.ts";
import { keys } from "./redis-keys.ts";
import { script } from "./redis-script.ts";

const renewed = script(`
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

const released = script(`
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('DEL', KEYS[1])
`);

/** Leases in Redis: a key with the holder's token that Redis itself lets expire. */
export function redisLeases(redis: Redis, { lockLeaseMs }: { lockLeaseMs: number }): Leases {
  return {
    take: (key, token) =>
      stored(`take the lock ${key}`, async () => {
        const taken = await redis.set(keys.lock(key), token, "PX", lockLeaseMs, "NX");
        return taken === "OK";
      }),
    renew: (key, token) =>
      stored(`renew the lock ${key}`, async () => {
        const held = await renewed(redis, { keys: [keys.lock(key)], values: [token, lockLeaseMs] });
        return held === 1;
      }),
    release: (key, token) =>
      stored(`release the lock ${key}`, async () => {
        await released(redis, { keys: [keys.lock(key)], values: [token] });
      }),
  };
}
