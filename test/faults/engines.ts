import { join } from "node:path";
import { openEmbeddedStore } from "../../src/adapters/store/embedded/open-embedded-store.ts";
import { openPostgresStore } from "../../src/adapters/store/postgres/open-postgres-store.ts";
import { openRedisStore } from "../../src/adapters/store/redis/open-redis-store.ts";
import type { Store } from "../../src/adapters/store/store.ts";
import { freePort } from "../support/free-port.ts";
import { postgresServer } from "../support/postgres-server.ts";
import { recordingLog } from "../support/recording-log.ts";
import { redisServer } from "../support/redis-server.ts";

/** The engines of the store, by the words of the command line. */
export const engineNames = ["embedded", "redis", "postgres"] as const;
export type EngineName = (typeof engineNames)[number];

/** An engine whose server, where it has one, is killed and started again like everything else. */
export type Engine = {
  environment: Record<string, string>;
  server: { kill(): Promise<void>; start(): Promise<void> } | undefined;
  /** Opens the store beside the services, or after them where one process alone may have it. */
  open(dataDir: string): Promise<Store>;
  remove(): Promise<void>;
};

const common = () => ({ clock: { now: () => new Date() }, log: recordingLog() });

export async function startEngine(name: EngineName): Promise<Engine> {
  if (name === "redis") return onRedis();
  if (name === "postgres") return onPostgres();
  return {
    ...{ environment: {}, server: undefined },
    open: (dataDir) => openEmbeddedStore({ directory: join(dataDir, "store"), ...common() }),
    remove: async () => undefined,
  };
}

async function onRedis(): Promise<Engine> {
  const { url, kill, start, remove } = await redisServer({ port: String(await freePort()) });
  return {
    environment: { REDIS_URL: url },
    server: { kill: () => kill("SIGKILL"), start },
    open: () => openRedisStore({ url, ...common() }),
    remove,
  };
}

async function onPostgres(): Promise<Engine> {
  const { url, kill, start, remove } = await postgresServer();
  return {
    environment: { DATABASE_URL: url },
    server: { kill, start: () => start() },
    open: () => openPostgresStore({ url, ...common() }),
    remove,
  };
}
