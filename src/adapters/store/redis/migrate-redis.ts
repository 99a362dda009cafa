import type { Redis } from "ioredis";
import { missingMigrations, type StoreMigration, storeMigrations } from "../store-migrations.ts";
import { keys } from "./redis-keys.ts";
import { script } from "./redis-script.ts";

/** Makes the migrations that the store lacks, each as one atomic step; several processes may do so at once. */
export async function migrateRedis(redis: Redis, known = storeMigrations): Promise<void> {
  const made = Object.entries(await redis.hgetall(keys.migrations)).map(([number, kind]) => ({
    number: Number(number),
    breaking: kind === "breaking",
  }));
  for (const migration of missingMigrations(made, known)) {
    const values = [migration.number, migration.breaking ? "breaking" : "additive"];
    await migrationScript(migration)(redis, { keys: [keys.migrations], values });
  }
}

function migrationScript({ redis: body }: StoreMigration): ReturnType<typeof script> {
  return script(`
    if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 0 end
    ${body}
    return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  `);
}
