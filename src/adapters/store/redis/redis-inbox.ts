import type { Redis } from "ioredis";
import { Delivery } from "../../../domain/task/delivery.ts";
import type { Inbox } from "../../../ports/store.ts";
import type { Clock } from "../../../ports.ts";
import { readRecord } from "../read-record.ts";
import { stored } from "../storage-failure.ts";
import { keys } from "./redis-keys.ts";
import { script } from "./redis-script.ts";

/** How long the ids of deliveries are remembered, in milliseconds: GitHub delivers again what is at most three days old. */
const rememberedMs = 7 * 24 * 60 * 60_000;

const taken = script(`
  local settled, deliveries, pending, arrivals, ids = unpack(KEYS)
  local digest, delivery, id, now, memory = unpack(ARGV)
  redis.call('ZADD', ids, now, id)
  redis.call('ZREMRANGEBYSCORE', ids, '-inf', now - memory)
  if redis.call('ZSCORE', settled, digest) then return 'known' end
  if redis.call('HSETNX', deliveries, digest, delivery) == 0 then return 'known' end
  redis.call('ZADD', pending, redis.call('INCR', arrivals), digest)
  return 'stored'
`);

const settled = script(`
  local settled, deliveries, pending = KEYS[1], KEYS[2], KEYS[3]
  local digest, at = ARGV[1], ARGV[2]
  if redis.call('ZREM', pending, digest) == 0 then return 0 end
  redis.call('HDEL', deliveries, digest)
  return redis.call('ZADD', settled, at, digest)
`);

/** The inbox in Redis. */
export function redisInbox(redis: Redis, { clock }: { clock: Clock }): Inbox {
  const pending = async (limit: number): Promise<Delivery[]> => {
    if (limit < 1) return [];
    const digests = await redis.zrange(keys.pending, 0, String(limit - 1));
    if (digests.length === 0) return [];
    const texts = await redis.hmget(keys.deliveries, ...digests);
    return texts.flatMap((text, index) =>
      text === null ? [] : [readRecord(Delivery, { name: `delivery ${digests[index]}`, text })],
    );
  };

  return {
    store: (delivery) =>
      stored("keep a delivery", async () => {
        const answer = await taken(redis, {
          keys: [keys.settled, keys.deliveries, keys.pending, keys.arrivals, keys.deliveryIds],
          values: [
            delivery.digest,
            JSON.stringify(delivery),
            delivery.id,
            clock.now().getTime(),
            rememberedMs,
          ],
        });
        return answer === "stored" ? "stored" : "known";
      }),
    pending: (limit) => stored("list the deliveries", () => pending(limit)),
    known: (ids) =>
      stored("look for deliveries", async () => {
        if (ids.length === 0) return new Set<string>();
        const scores = await redis.zmscore(keys.deliveryIds, ...ids);
        return new Set(ids.filter((_, index) => scores[index] !== null));
      }),
    settle: (digest) =>
      stored("settle a delivery", async () => {
        await settled(redis, {
          keys: [keys.settled, keys.deliveries, keys.pending],
          values: [digest, clock.now().getTime()],
        });
      }),
  };
}
