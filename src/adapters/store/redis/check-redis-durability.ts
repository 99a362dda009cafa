import type { Redis } from "ioredis";
import { Failure } from "../../../domain/task/failure.ts";
import type { Log } from "../../../ports.ts";

/** Refuses a Redis that would lose what it acknowledged; warns where it could lose the last second, or cannot tell. */
export async function checkRedisDurability(redis: Redis, log: Log): Promise<void> {
  const settings = await configuration(redis);
  if (!settings.has("appendonly"))
    log.warn(
      {},
      "this Redis does not let us read CONFIG: whether it keeps an append-only file was not checked",
    );
  if (settings.get("appendonly") === "no")
    throw new Failure(
      "storage",
      "Redis keeps no append-only file: what it acknowledged would be lost when it dies. " +
        "Repair: `redis-cli config set appendonly yes`, and `appendonly yes` in redis.conf.",
    );
  const policy = settings.get("maxmemory-policy");
  if (policy !== undefined && policy !== "noeviction")
    throw new Failure(
      "storage",
      `Redis drops keys when its memory is full (maxmemory-policy ${policy}). ` +
        "Repair: `redis-cli config set maxmemory-policy noeviction`, and the same in redis.conf.",
    );
  if (settings.get("appendfsync") === "everysec")
    log.warn({}, "Redis may lose its last second when the machine dies: set appendfsync always");
  if (settings.get("appendfsync") === "no")
    log.warn({}, "Redis may lose its last half minute when the machine dies: set appendfsync always");
}

/** The settings that matter. A managed Redis forbids CONFIG, but shows in INFO whether it evicts. */
async function configuration(redis: Redis): Promise<Map<string, string>> {
  const names = ["appendonly", "appendfsync", "maxmemory-policy"];
  try {
    const answers = await Promise.all(names.map((name) => redis.config("GET", name)));
    return new Map(answers.map((answer) => pairOf(answer)));
  } catch (thrown) {
    if (!isForbidden(thrown)) throw thrown;
    const policy = /^maxmemory_policy:(?<policy>\S+)/m.exec(await redis.info("memory"))?.groups?.policy;
    return new Map(policy ? [["maxmemory-policy", policy]] : []);
  }
}

function pairOf(answer: unknown): [string, string] {
  const [name, value] = Array.isArray(answer) ? answer : [];
  return [String(name), String(value)];
}

function isForbidden(thrown: unknown): boolean {
  return (
    thrown instanceof Error && /NOPERM|unknown command|not allowed|unknown subcommand/i.test(thrown.message)
  );
}
