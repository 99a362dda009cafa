import { searchedText } from "../../../domain/task/searched-text.ts";
import { isEnded, type TaskState } from "../../../domain/task/state.ts";
import type { LiveQuery, TaskCount, TaskQuery } from "../../../ports/store.ts";
import { stored } from "../storage-failure.ts";
import type { TaskRecord, TaskRecords, TaskWrite } from "../versioned-tasks.ts";
import { listTasks, newest, type TaskRow } from "./list-tasks.ts";
import type { SqlClient } from "./sql-client.ts";

const columns = "select key, version, task as text from drafthorse.task";

const write = {
  create: `
    insert into drafthorse.task
      (key, version, task, repository_id, issue_number, pull_request, live, state, updated_at, installation_id, hold, words)
    values ($1, $2::bigint + 1, $3, $4, $5, $6, $7, $9, $10, $11, $12, $13)
    on conflict (key) do nothing
    returning key`,
  swap: `
    update drafthorse.task
    set version = $2::bigint + 1, task = $3, repository_id = $4, issue_number = $5, pull_request = $6, live = $7,
      state = $9, updated_at = $10, installation_id = $11, hold = $12, words = $13
    where key = $1 and version = $2::bigint
    returning key`,
};

/** Task and history in one statement, so that it is one atomic step on any kind of connection. */
const withHistory = (statement: string): string => `
  with written as (${statement}), appended as (
    insert into drafthorse.history (key, entry)
    select written.key, line.entry
    from written cross join unnest($8::text[]) with ordinality as line (entry, number)
    order by line.number
  )
  select key from written`;

/** The database keeps these sums with every write; a repository whose tasks have gone is left at none. */
const counted = `
  select repository_id as "repositoryId", state, count from drafthorse.task_count where count > 0
  order by repository_id, state`;

/** Task and history in one statement, so that neither stays without the other. */
const purged = `
  with gone as (delete from drafthorse.task where installation_id = $1 returning key),
  forgotten as (delete from drafthorse.history where key in (select key from gone))
  select key from gone`;

/** The ledger's records in PostgreSQL. */
export function sqlTasks(sql: SqlClient): TaskRecords {
  return {
    read: (key) =>
      stored(`read ${key}`, async () => {
        const { rows } = await sql.query<TaskRow>(`${columns} where key = $1`, [key]);
        return rows.map(rowRecord)[0];
      }),
    write: (change) =>
      stored(`write ${change.key}`, async () => {
        const statement = change.version === 0 ? write.create : write.swap;
        const { rows } = await sql.query(withHistory(statement), rowValues(change));
        return rows.length === 1;
      }),
    find: (query) =>
      stored("look for tasks", async () => {
        const { where, values } = conditionOf(query);
        const { rows } = await sql.query<TaskRow>(`${columns} where ${where}`, values);
        return rows.map(rowRecord);
      }),
    select: (selection) => stored("list tasks", async () => (await listTasks(sql, selection)).map(rowRecord)),
    newest: (repositories) =>
      stored("look for the newest tasks", async () => {
        const { rows } = await sql.query<TaskRow>(newest, [repositories]);
        return rows.map(rowRecord);
      }),
    count: () =>
      stored("count tasks", async () => {
        const { rows } = await sql.query<Record<keyof TaskCount, unknown>>(counted, []);
        return rows.map(({ repositoryId, state, count }) => ({
          ...{ repositoryId: Number(repositoryId), state: state as TaskState, count: Number(count) },
        }));
      }),
    purge: (installationId) =>
      stored("remove the tasks of an installation", async () => {
        const { rows } = await sql.query<{ key: string }>(purged, [installationId]);
        return rows.map(({ key }) => key);
      }),
    history: (key) =>
      stored(`read the history of ${key}`, async () => {
        const { rows } = await sql.query<{ entry: string }>(
          "select entry from drafthorse.history where key = $1 order by position",
          [key],
        );
        return rows.map((row) => row.entry);
      }),
  };
}

function rowValues({ key, version, changed: { task, lines } }: TaskWrite): unknown[] {
  return [
    key,
    version,
    JSON.stringify(task),
    task.id.repositoryId,
    task.id.issueNumber,
    task.pullRequest ?? null,
    !isEnded(task.state),
    lines.map((line) => JSON.stringify(line)),
    task.state,
    task.updatedAt,
    task.repository.installationId,
    task.hold?.kind ?? null,
    searchedText(task),
  ];
}

function conditionOf(query: TaskQuery): { where: string; values: unknown[] } {
  if ("live" in query) return liveCondition(query);
  if ("issueNumber" in query)
    return {
      where: "repository_id = $1 and issue_number = $2",
      values: [query.repositoryId, query.issueNumber],
    };
  return {
    where: "repository_id = $1 and pull_request = $2",
    values: [query.repositoryId, query.pullRequest],
  };
}

/** What is not asked for is null, and then anything fits. A task that was last written by an earlier version has no installation. */
function liveCondition(query: LiveQuery): { where: string; values: unknown[] } {
  const { repositoryId, installationId, states, heldBy } = query;
  return {
    where: `live and ($1::bigint is null or repository_id = $1) and (installation_id is null or (
      ($2::bigint is null or installation_id = $2) and ($3::text[] is null or state = any($3))
      and ($4::text is null or hold = $4)))`,
    values: [repositoryId, installationId, states, heldBy].map((value) => value ?? null),
  };
}

function rowRecord({ key, version, text }: TaskRow): TaskRecord {
  return { key, version: Number(version), text };
}
