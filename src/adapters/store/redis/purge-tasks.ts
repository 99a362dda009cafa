import type { Redis } from "ioredis";
import { taskStates } from "../../../domain/task/state.ts";
import { parseTaskKey } from "../../../domain/task/task-id.ts";
import { readTask } from "../task-record.ts";
import { answersOf } from "./answers-of.ts";
import { rankKeys } from "./rank-keys.ts";
import { keys } from "./redis-keys.ts";

/** Removes the tasks of an installation from everything that names them; resolves to their keys. */
export async function purgeTasks(redis: Redis, installationId: number): Promise<string[]> {
  const repositories = (await redis.smembers(keys.repositories)).map(Number);
  const gone: string[] = [];
  for (const key of await rankKeys(redis, { repositories, states: taskStates }, -1))
    if (await purgeTask(redis, { key, installationId })) gone.push(key);
  return gone;
}

async function purgeTask(
  redis: Redis,
  { key, installationId }: { key: string; installationId: number },
): Promise<boolean> {
  const text = await redis.hget(keys.task(key), "text");
  const id = parseTaskKey(key);
  if (!text || !id) return false;
  const { repository, pullRequest } = readTask(key, text);
  if (repository.installationId !== installationId) return false;
  const removal = redis.multi().del(keys.task(key), keys.history(key)).srem(keys.live, key);
  removal.srem(keys.issue(id.repositoryId, id.issueNumber), key);
  if (pullRequest !== undefined) removal.srem(keys.pullRequest(id.repositoryId, pullRequest), key);
  // It may have been moved to another list since it was found.
  for (const state of taskStates) removal.zrem(keys.list(id.repositoryId, state), key);
  await answersOf(removal);
  return true;
}
