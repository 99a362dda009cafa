import type { Redis } from "ioredis";
import type { StoreFault } from "../../../domain/host/store-fault.ts";

/** What a Redis would lose of what it acknowledged, worst first; nothing where it keeps all of it. */
export async function redisFaults(redis: Redis): Promise<StoreFault[]> {
  const settings = await configuration(redis);
  const policy = settings.get("maxmemory-policy");
  return [
    ...judgeLog(settings.get("appendonly")),
    ...(policy !== undefined && policy !== "noeviction" ? [evicting(policy)] : []),
    ...judgeSync(settings.get("appendfsync")),
  ];
}

function judgeLog(appendonly: string | undefined): StoreFault[] {
  if (appendonly === undefined)
    return [
      {
        state: "warning",
        why: "this Redis does not let us read CONFIG: whether it keeps an append-only file was not checked",
        repair: "See in its provider's settings that it persists by an append-only file (AOF).",
      },
    ];
  if (appendonly !== "no") return [];
  return [
    {
      state: "wrong",
      why: "Redis keeps no append-only file: what it acknowledged would be lost when it dies",
      repair: "`redis-cli config set appendonly yes`, and `appendonly yes` in redis.conf",
    },
  ];
}

function evicting(policy: string): StoreFault {
  return {
    state: "wrong",
    why: `Redis drops keys when its memory is full (maxmemory-policy ${policy})`,
    repair: "`redis-cli config set maxmemory-policy noeviction`, and the same in redis.conf",
  };
}

function judgeSync(appendfsync: string | undefined): StoreFault[] {
  const lost = { everysec: "second", no: "half minute" }[appendfsync ?? ""];
  if (lost === undefined) return [];
  return [
    {
      state: "warning",
      why: `Redis may lose its last ${lost} when the machine dies`,
      repair: "`redis-cli config set appendfsync always`, and the same in redis.conf",
    },
  ];
}

/** The settings that matter. A managed Redis forbids CONFIG, but shows in INFO whether it evicts. */
async function configuration(redis: Redis): Promise<Map<string, string>> {
  const names = ["appendonly", "appendfsync", "maxmemory-policy"];
  try {
    const answers = await Promise.all(names.map((name) => redis.config("GET", name)));
    return new Map(answers.map((answer) => settingPair(answer)));
  } catch (thrown) {
    if (!isForbidden(thrown)) throw thrown;
    const policy = /^maxmemory_policy:(?<policy>\S+)/m.exec(await redis.info("memory"))?.groups?.policy;
    return new Map(policy ? [["maxmemory-policy", policy]] : []);
  }
}

function settingPair(answer: unknown): [string, string] {
  const [name, value] = Array.isArray(answer) ? answer : [];
  return [String(name), String(value)];
}

function isForbidden(thrown: unknown): boolean {
  return (
    thrown instanceof Error && /NOPERM|unknown command|not allowed|unknown subcommand/i.test(thrown.message)
  );
}
