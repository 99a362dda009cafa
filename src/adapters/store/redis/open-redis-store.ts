import { createRedisBackend } from "bullmq";
import { Redis, type RedisOptions } from "ioredis";
import type { StoreFault } from "../../../domain/host/store-fault.ts";
import { describeSystemError } from "../../../domain/host/system-error.ts";
import type { Clock, Log } from "../../../ports.ts";
import { errorLogger } from "../error-logger.ts";
import { leasedLocks } from "../leased-locks.ts";
import { refuseFaults } from "../refuse-faults.ts";
import { storageFailure } from "../storage-failure.ts";
import type { Store } from "../store.ts";
import { type StoreTimes, storeTimes } from "../store-times.ts";
import { versionedTasks } from "../versioned-tasks.ts";
import { bullQueue } from "./bull-queue.ts";
import { migrateRedis } from "./migrate-redis.ts";
import { redisBroadcast } from "./redis-broadcast.ts";
import { redisFaults } from "./redis-faults.ts";
import { redisInbox } from "./redis-inbox.ts";
import { redisLeases } from "./redis-leases.ts";
import { redisTasks } from "./redis-tasks.ts";
import { redisWorkers } from "./redis-workers.ts";

/** The longest pause between two attempts to connect, in milliseconds: a Redis that is back is used at once. */
const reconnectMs = 500;

/** A worker's connection that is silent for so long is made anew; BullMQ itself blocks for at most 10 s. */
const silenceMs = 20_000;

/** ioredis types its answers by `replyMapping`, which we leave alone. */
type ConnectionOptions = Omit<RedisOptions, "replyMapping">;

type RedisStoreOptions = { url: string; clock: Clock; log: Log; times?: Partial<StoreTimes> };

/** Opens the engine on Redis, for many processes on many machines; refuses a Redis that is not durable. */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const { url, log, clock } = options;
  const times = { ...storeTimes, ...options.times };
  const commands = client(url, { log, ...failingFast(times) });
  const working = client(url, { log, ...waitingForever });
  const hearing = client(url, { log, ...waitingForever });
  const disconnect = (): void => {
    for (const redis of [commands, working, hearing]) redis.disconnect();
  };
  try {
    await connectAll([commands, working]);
    refuseFaults(await redisFaults(commands), log);
    await migrateRedis(commands);
    const source = { backend: createRedisBackend, adding: commands, working };
    const queue = await bullQueue({ source, times, log });
    return {
      inbox: redisInbox(commands, { clock }),
      tasks: versionedTasks(redisTasks(commands), { ...times, log }),
      locks: leasedLocks({ leases: redisLeases(commands, times), times, log }),
      queue,
      workers: redisWorkers(commands),
      broadcast: redisBroadcast({ sending: commands, hearing, log }),
      close: () => queue.close().finally(disconnect),
    };
  } catch (thrown) {
    disconnect();
    throw storageFailure("open Redis", thrown);
  }
}

/** What this Redis would lose, asked on a connection of its own; rejects as `openRedisStore` does where it is not reached. */
export async function examineRedis({
  url,
  log,
}: Pick<RedisStoreOptions, "url" | "log">): Promise<StoreFault[]> {
  const asking = client(url, { log, ...failingFast(storeTimes) });
  try {
    await connectAll([asking]);
    return await redisFaults(asking);
  } catch (thrown) {
    throw storageFailure("open Redis", thrown);
  } finally {
    asking.disconnect();
  }
}

/** `connect` says only that the connection is closed; what closed it is told by an event before. */
async function connectAll(connections: Redis[]): Promise<void> {
  const told: { cause?: string | undefined } = {};
  for (const redis of connections)
    redis.once("error", (error) => {
      told.cause ??= describeSystemError(error);
    });
  await Promise.all(connections.map((redis) => redis.connect())).catch((closed: unknown) => {
    const repair = "Start Redis there, or mend REDIS_URL.";
    throw told.cause === undefined ? closed : new Error(`${told.cause}. ${repair}`, { cause: closed });
  });
}

/** A caller learns at once that Redis is away, and soon that it is stuck; nothing is sent again behind its back. */
function failingFast({ commandMs }: StoreTimes): ConnectionOptions {
  return {
    commandTimeout: commandMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: 2 * commandMs,
  };
}

/** Workers wait for Redis to come back. */
const waitingForever: ConnectionOptions = { maxRetriesPerRequest: null, socketTimeout: silenceMs };

function client(url: string, { log, ...options }: ConnectionOptions & { log: Log }): Redis {
  const redis = new Redis(url, {
    ...options,
    lazyConnect: true,
    connectTimeout: storeTimes.commandMs,
    retryStrategy: (times) => Math.min(times * 50, reconnectMs),
  });
  return redis.on("error", errorLogger(log, "a connection to Redis failed"));
}
