import type { Redis } from "ioredis";
import { searchedText } from "../../../domain/task/searched-text.ts";
import { isEnded, taskStates } from "../../../domain/task/state.ts";
import type { Task } from "../../../domain/task/task.ts";
import { parseTaskKey } from "../../../domain/task/task-id.ts";
import type { LiveQuery, TaskCount, TaskQuery, TaskSelection } from "../../../ports/store.ts";
import { stored } from "../storage-failure.ts";
import type { TaskRecord, TaskRecords, TaskWrite } from "../versioned-tasks.ts";
import { answersOf } from "./answers-of.ts";
import { purgeTasks } from "./purge-tasks.ts";
import { rankKeys } from "./rank-keys.ts";
import { keys } from "./redis-keys.ts";
import { script } from "./redis-script.ts";
import { searchKeys } from "./search-keys.ts";

const swapped = script(`
  local task, history, live, issue, pullBefore, pullAfter, repositories, listBefore, listAfter = unpack(KEYS)
  local key, version, text, isLive, repository, changed, facts, words = unpack(ARGV)
  if (redis.call('HGET', task, 'version') or '0') ~= version then return 0 end
  redis.call('HSET', task, 'version', version + 1, 'text', text, 'facts', facts, 'words', words)
  for line = 9, #ARGV do redis.call('RPUSH', history, ARGV[line]) end
  redis.call('SADD', issue, key)
  redis.call(isLive == 'live' and 'SADD' or 'SREM', live, key)
  if pullBefore ~= '' then redis.call('SREM', pullBefore, key) end
  if pullAfter ~= '' then redis.call('SADD', pullAfter, key) end
  redis.call('SADD', repositories, repository)
  if listBefore ~= '' then redis.call('ZREM', listBefore, key) end
  redis.call('ZADD', listAfter, changed, key)
  return 1
`);

/** The live tasks whose facts fit, and those that an earlier version wrote, without facts. */
const fitting = script(`
  local wanted, found = cjson.decode(ARGV[1]), {}
  local function fits(facts)
    for name, values in pairs(wanted) do
      local isOne = false
      for _, value in ipairs(values) do isOne = isOne or facts[name] == value end
      if not isOne then return false end
    end
    return true
  end
  for _, key in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    local facts = redis.call('HGET', ARGV[2] .. key, 'facts')
    if not facts or fits(cjson.decode(facts)) then found[#found + 1] = key end
  end
  return found
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
        const records = await Promise.all((await queryKeys(redis, query)).map(read));
        return records.filter((record) => record !== undefined);
      }),
    select: (selection) =>
      stored("list tasks", async () => {
        const keysOfPart = selection.words?.length ? searchKeys : selectKeys;
        const records = await Promise.all((await keysOfPart(redis, selection)).map(read));
        return records.filter((record) => record !== undefined);
      }),
    newest: (repositories) =>
      stored("look for the newest tasks", async () => {
        const records = await Promise.all((await newestKeys(redis, repositories)).map(read));
        return records.filter((record) => record !== undefined);
      }),
    count: () => stored("count tasks", () => countTasks(redis)),
    purge: (installationId) =>
      stored("remove the tasks of an installation", () => purgeTasks(redis, installationId)),
    history: (key) => stored(`read the history of ${key}`, () => redis.lrange(keys.history(key), 0, -1)),
  };
}

/** No list can hold more of the wanted part than its own first `skip + limit` tasks. */
async function selectKeys(redis: Redis, selection: TaskSelection): Promise<string[]> {
  const { skip, limit } = selection;
  return (await rankKeys(redis, selection, skip + limit - 1)).slice(skip, skip + limit);
}

/** The first key of each repository; the keys come with the one that was changed last first. */
async function newestKeys(redis: Redis, repositories: number[]): Promise<string[]> {
  const ranked = await rankKeys(redis, { repositories, states: taskStates }, 0);
  const first = new Map(ranked.toReversed().map((key) => [parseTaskKey(key)?.repositoryId, key]));
  return [...first.values()];
}

async function countTasks(redis: Redis): Promise<TaskCount[]> {
  const ids = (await redis.smembers(keys.repositories)).map(Number);
  const places = ids.flatMap((repositoryId) => taskStates.map((state) => ({ repositoryId, state })));
  const pipeline = redis.pipeline();
  for (const { repositoryId, state } of places) pipeline.zcard(keys.list(repositoryId, state));
  const counts = await answersOf(pipeline);
  return places
    .map((place, at) => ({ ...place, count: Number(counts[at]) }))
    .filter(({ count }) => count > 0);
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
      keys.repositories,
      before ? listKey(before) : "",
      listKey(task),
    ],
    values: [
      key,
      String(version),
      JSON.stringify(task),
      isEnded(task.state) ? "ended" : "live",
      String(repositoryId),
      String(Date.parse(task.updatedAt)),
      JSON.stringify(liveFacts(task)),
      searchedText(task),
      ...lines.map((line) => JSON.stringify(line)),
    ],
  };
}

/** What live tasks are looked for by, as texts: Lua has no whole numbers. */
function liveFacts({ id, repository, state, hold }: Task): Record<keyof Omit<LiveQuery, "live">, string> {
  return {
    repositoryId: String(id.repositoryId),
    installationId: String(repository.installationId),
    states: state,
    heldBy: hold?.kind ?? "",
  };
}

function listKey({ id, state }: Task): string {
  return keys.list(id.repositoryId, state);
}

function pullRequestIndex({ id, pullRequest }: Task): string {
  return pullRequest === undefined ? "" : keys.pullRequest(id.repositoryId, pullRequest);
}

async function queryKeys(redis: Redis, query: TaskQuery): Promise<string[]> {
  if ("live" in query) return liveKeys(redis, query);
  return redis.smembers(
    "issueNumber" in query
      ? keys.issue(query.repositoryId, query.issueNumber)
      : keys.pullRequest(query.repositoryId, query.pullRequest),
  );
}

async function liveKeys(redis: Redis, { live: _, ...wanted }: LiveQuery): Promise<string[]> {
  const values = Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().map(String)]],
  );
  if (values.length === 0) return redis.smembers(keys.live);
  const order = { keys: [keys.live], values: [JSON.stringify(Object.fromEntries(values)), keys.task("")] };
  return (await fitting(redis, order)) as string[];
}
