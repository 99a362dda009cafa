import type { Redis } from "ioredis";
import { forgottenMs } from "../../../domain/host/living-worker.ts";
import type { Workers } from "../../../ports/store.ts";
import { listedWorkers, mostWorkers } from "../listed-workers.ts";
import { stored } from "../storage-failure.ts";
import { keys } from "./redis-keys.ts";
import { script } from "./redis-script.ts";

/** Whoever was silent for too long goes, by Redis's own clock. */
const tidied = `
  local workers, seen = KEYS[1], KEYS[2]
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', '(' .. (now - ARGV[1]))) do
    redis.call('HDEL', workers, id)
    redis.call('ZREM', seen, id)
  end
`;

const kept = script(`${tidied}
  redis.call('HSET', workers, ARGV[2], ARGV[3])
  return redis.call('ZADD', seen, now, ARGV[2])
`);

const listed = script(`${tidied}
  local ids = redis.call('ZRANGE', seen, 0, ARGV[2] - 1)
  if #ids == 0 then return {} end
  return redis.call('HMGET', workers, unpack(ids))
`);

/** The workers in Redis. */
export function redisWorkers(redis: Redis): Workers {
  const places = [keys.workers, keys.workersSeen];
  return {
    keep: (worker) =>
      stored("keep a worker", async () => {
        await kept(redis, { keys: places, values: [forgottenMs, worker.id, JSON.stringify(worker)] });
      }),
    list: () =>
      stored("list the workers", async () => {
        const texts = await listed(redis, { keys: places, values: [forgottenMs, mostWorkers] });
        return listedWorkers(texts as string[]);
      }),
    forget: (id) =>
      stored("forget a worker", async () => {
        await redis.hdel(keys.workers, id);
        await redis.zrem(keys.workersSeen, id);
      }),
  };
}
