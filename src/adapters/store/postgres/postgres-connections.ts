import type { EventEmitter } from "node:events";
import { Socket } from "node:net";
import { DEFAULT_SCHEMA } from "bullmq";
import { Client, Pool, type PoolConfig } from "pg";
import type { Log } from "../../../ports.ts";
import { errorLogger } from "../error-logger.ts";
import { inTime } from "../in-time.ts";
import type { StoreTimes } from "../store-times.ts";

/** All connections of one store. Ending them takes bounded time, also where the server never answers again. */
export type PostgresConnections = {
  pool(more?: PoolConfig): Pool;
  client(more?: PoolConfig): Client;
  end(): Promise<void>;
};

/** Connections of one pool. A server has 100 by default. */
const max = 8;

/** A silent connection is probed after so long, in milliseconds: a dead one is noticed in seconds, not in hours. */
const keepAliveInitialDelayMillis = 10_000;

/** Makes connections to one server as they are needed; `pg` reads the address. */
export function postgresConnections(
  url: string,
  { times: { commandMs }, log }: { times: StoreTimes; log: Log },
): PostgresConnections {
  const sockets = new Set<Socket>();
  const open: (Pool | Client)[] = [];
  const config = {
    connectionString: url,
    max,
    ...{ keepAlive: true, keepAliveInitialDelayMillis },
    connectionTimeoutMillis: commandMs,
    // BullMQ's statements name no schema, ours always do.
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    application_name: "drafthorse",
    stream: () => trackedSocket(sockets),
  };
  const logError = errorLogger(log, "a connection to PostgreSQL failed");
  const kept = <T extends (Pool | Client) & EventEmitter>(made: T): T => {
    const emitter: EventEmitter = made;
    // Each worker of BullMQ adds a listener and takes none away.
    emitter.setMaxListeners(0).on("error", logError);
    open.push(made);
    return made;
  };
  return {
    pool: (more) => kept(new Pool({ ...config, ...more })),
    client: (more) => kept(new Client({ ...config, ...more })),
    async end() {
      const ended = Promise.all(open.splice(0).map((one) => one.end()));
      await inTime(ended, { ms: commandMs, late: () => new Error("no farewell") }).catch(() => undefined);
      for (const socket of sockets) socket.destroy();
    },
  };
}

function trackedSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  return socket.once("close", () => sockets.delete(socket));
}
