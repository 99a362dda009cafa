import type { Redis } from "ioredis";
import { isEnded } from "../../../domain/task/state.ts";
import type { Task } from "../../../domain/task/task.ts";
import type { TaskQuery } from "../../../ports/store.ts";
import { stored } from "../storage-failure.ts";
import type { TaskRecord, TaskRecords, TaskWrite } from "../versioned-tasks.ts";
import { keys } from "./redis-keys.ts";
import { script } from "./redis-script.ts";

const swapped = script(`
  local task, history, live, issue, pullBefore, pullAfter = unpack(KEYS)
  local key, version, text, isLive = unpack(ARGV)
  if (redis.call('HGET', task, 'version') or '0') ~= version then return 0 end
  redis.call('HSET', task, 'version', version + 1, 'text', text)
  for line = 5, #ARGV do redis.call('RPUSH', history, ARGV[line]) end
  redis.call('SADD', issue, key)
  redis.call(isLive == 'live' and 'SADD' or 'SREM', live, key)
  if pullBefore ~= '' then redis.call('SREM', pullBefore, key) end
  if pullAfter ~= '' then redis.call('SADD', pullAfter, key) end
  return 1
`);

/** The ledger's records in Redis: a hash for each task, a list for its history, sets as indexes. */
export function redisTasks(redis: Redis): TaskRecords {
  const read = async (key: string): Promise<TaskRecord | undefined> => {
    const [version, text] = await redis.hmget(keys.task(key), "version", "text");
    return version && text ? { key, version: Number(version), text } : undefined;
  };

  return {
    read: (key) => stored(`read ${key}`, () => read(key)),
    write: (write) =>
      stored(`write ${write.key}`, async () => (await swapped(redis, scriptArguments(write))) === 1),
    find: (query) =>
      stored("look for tasks", async () => {
        const records = await Promise.all((await redis.smembers(indexOf(query))).map(read));
        return records.filter((record) => record !== undefined);
      }),
    history: (key) => stored(`read the history of ${key}`, () => redis.lrange(keys.history(key), 0, -1)),
  };
}

function scriptArguments({ key, version, before, changed }: TaskWrite): { keys: string[]; values: string[] } {
  const { task, lines } = changed;
  const { repositoryId, issueNumber } = task.id;
  return {
    keys: [
      keys.task(key),
      keys.history(key),
      keys.live,
      keys.issue(repositoryId, issueNumber),
      before ? pullRequestIndex(before) : "",
      pullRequestIndex(task),
    ],
    values: [
      key,
      String(version),
      JSON.stringify(task),
      isEnded(task.state) ? "ended" : "live",
      ...lines.map((line) => JSON.stringify(line)),
    ],
  };
}

function pullRequestIndex({ id, pullRequest }: Task): string {
  return pullRequest === undefined ? "" : keys.pullRequest(id.repositoryId, pullRequest);
}

function indexOf(query: TaskQuery): string {
  if ("live" in query) return keys.live;
  if ("issueNumber" in query) return keys.issue(query.repositoryId, query.issueNumber);
  return keys.pullRequest(query.repositoryId, query.pullRequest);
}
