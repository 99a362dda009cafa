import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { StoreFault } from "../../domain/host/store-fault.ts";
import { describeSystemError } from "../../domain/host/system-error.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { StoreExam } from "../../ports/doctor.ts";
import type { Log } from "../../ports.ts";
import { errorCode } from "./error-code.ts";

/** Where a store is, as the settings have it. */
export type StorePlace = { dataDir: string; redisUrl: string | undefined; databaseUrl: string | undefined };

/** Looks at the store that a start would open; of the embedded one only whether its files can be read. */
export async function examineStore(
  { dataDir, redisUrl, databaseUrl }: StorePlace,
  log: Log,
): Promise<StoreExam> {
  if (redisUrl) {
    const { examineRedis } = await import("./redis/open-redis-store.ts");
    return server("Redis", "REDIS_URL", () => examineRedis({ url: redisUrl, log }));
  }
  if (databaseUrl) {
    const { examinePostgres } = await import("./postgres/open-postgres-store.ts");
    return server("PostgreSQL", "DATABASE_URL", () => examinePostgres({ url: databaseUrl, log }));
  }
  return embedded(join(resolve(dataDir), "store"));
}

async function server(
  engine: string,
  variable: string,
  ask: () => Promise<StoreFault[]>,
): Promise<StoreExam> {
  try {
    return { kind: "reached", engine, note: "it keeps what it acknowledges", faults: await ask() };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const repair = `Start ${engine} there, or mend ${variable}: address, user, password, database.`;
    return { kind: "blocked", engine, why: thrown.message, repair };
  }
}

/** A lock means that a service works there, which is well; opening the database itself would take it from one that starts. */
async function embedded(directory: string): Promise<StoreExam> {
  const engine = "the embedded store";
  try {
    const isUsed = (await readFile(join(directory, "lock"), "utf8")) !== "";
    return {
      kind: "reached",
      engine,
      note: isUsed ? `${directory}, in use or left locked` : directory,
      faults: [],
    };
  } catch (thrown) {
    // That DATA_DIR cannot be used at all is the finding of `data`.
    if (["ENOENT", "ENOTDIR"].includes(String(errorCode(thrown))))
      return { kind: "reached", engine, note: `${directory}, not in use`, faults: [] };
    const why = describeSystemError(thrown) ?? String(thrown);
    return { kind: "blocked", engine, why, repair: "Set DATA_DIR to a directory that this user may write." };
  }
}
