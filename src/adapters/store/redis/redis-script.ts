import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

type Arguments = { keys: string[]; values: (string | number)[] };

/** A Lua script, which Redis runs as one atomic step. It is sent once and afterwards named by its digest. */
export function script(lua: string): (redis: Redis, args: Arguments) => Promise<unknown> {
  const digest = createHash("sha1").update(lua).digest("hex");
  return async (redis, { keys, values }) => {
    try {
      return await redis.evalsha(digest, keys.length, ...keys, ...values);
    } catch (thrown) {
      if (!String(thrown).includes("NOSCRIPT")) throw thrown;
      return await redis.eval(lua, keys.length, ...keys, ...values);
    }
  };
}
