import { taskStates } from "../../../domain/task/state.ts";
import type { TaskSelection } from "../../../ports/store.ts";
import type { SqlClient } from "./sql-client.ts";

/** A task as a row. */
export type TaskRow = { key: string; version: number | string; text: string };

/** What words are looked for in, as patterns: `$5`. A task that an earlier version wrote says nothing of its words. */
const hasWords = "($5::text[] is null or words is null or words like all($5))";

/** The ranked keys are narrow; what they stand for is read once they are few. */
const selected = (ranked: string): string => `
  select task.key, task.version, task.task as text
  from (${ranked} order by updated_at desc, key desc offset $3::int limit $4::int) as ranked
  join drafthorse.task using (key)
  order by task.updated_at desc, task.key desc`;

/** Each repository and state is read from the index on its own, in its order, and no further than it can be needed. */
const byState = selected(`
  select list.key, list.updated_at
  from unnest($1::bigint[]) as wanted (repository_id) cross join unnest($2::text[]) as allowed (state)
  cross join lateral (
    select key, updated_at from drafthorse.task
    where repository_id = wanted.repository_id and state = allowed.state and ${hasWords}
    order by updated_at desc, key desc limit $3::int + $4::int
  ) as list`);

/** So many of all tasks, those that were changed last, are looked at before anything is ranked. */
const looked = 1_000;

const ofLooked = selected(`
  select key, updated_at from (
    select key, updated_at, repository_id, state, words from drafthorse.task
    order by updated_at desc, key desc limit ${looked}
  ) as task
  where repository_id = any($1::bigint[]) and state = any($2::text[]) and ${hasWords}`);

/** Those of the keys `$6`. */
const byKey = selected(`
  select key, updated_at from drafthorse.task
  where key = any($6::text[]) and repository_id = any($1::bigint[]) and state = any($2::text[]) and ${hasWords}`);

/** The task of each repository that was changed last. */
export const newest = `
  select task.key, task.version, task.task as text
  from unnest($1::bigint[]) as wanted (repository_id)
  cross join lateral (
    select key, version, task from drafthorse.task
    where repository_id = wanted.repository_id order by updated_at desc, key desc limit 1
  ) as task`;

/** The keys of the tasks that have all parts of the words, and of those whose words an earlier version did not keep. */
const candidates = `
  (select key from drafthorse.task_words where trigrams @> $1::text[] limit $2::int)
  union all (select key from drafthorse.task where words is null limit $2::int)`;

/** Words that more tasks have are soon met among those that were changed last. */
const mostCandidates = 200;

/** The selected rows, the one that was changed last first. */
export async function listTasks(sql: SqlClient, selection: TaskSelection): Promise<TaskRow[]> {
  const { repositories, states, skip, limit, words = [] } = selection;
  const list = async (statement: string, ...keys: string[][]): Promise<TaskRow[]> => {
    const patterns = words.length === 0 ? null : words.map(pattern);
    const values = [repositories, states, skip, limit, patterns, ...keys];
    return (await sql.query<TaskRow>(statement, values)).rows;
  };
  const rare = await rareKeys(sql, words);
  if (rare) return list(byKey, rare);
  // Few states are few lists, and may be rare among what was changed last.
  if (states.length * 2 > taskStates.length) {
    const found = await list(ofLooked);
    if (found.length === limit) return found;
  }
  return list(byState);
}

/** The keys of all tasks that may have the words, where these are few; undefined where they are many. */
async function rareKeys(sql: SqlClient, words: readonly string[]): Promise<string[] | undefined> {
  const parts = words.flatMap(trigrams);
  if (parts.length === 0) return undefined;
  const { rows } = await sql.query<{ key: string }>(candidates, [parts, mostCandidates + 1]);
  return rows.length > mostCandidates ? undefined : rows.map(({ key }) => key);
}

/** All that three characters in a row of a word are, as the database cuts them. */
function trigrams(word: string): string[] {
  const characters = [...word];
  return characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(""));
}

function pattern(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
