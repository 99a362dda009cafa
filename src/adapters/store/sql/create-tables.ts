import type { SqlClient } from "./sql-client.ts";

/**
 * The tables of inbox, ledger and locks. Texts are `text` and not `jsonb`: what an issue says may hold U+0000, which
 * JSON escapes and `jsonb` refuses.
 */
const statements = [
  "create schema if not exists drafthorse",
  `create table if not exists drafthorse.delivery (
    digest text primary key,
    arrival bigint generated always as identity,
    delivery text,
    settled_at timestamptz
  )`,
  `create index if not exists delivery_pending on drafthorse.delivery (arrival) where settled_at is null`,
  `create table if not exists drafthorse.task (
    key text primary key,
    version bigint not null,
    task text not null,
    repository_id bigint not null,
    issue_number bigint not null,
    pull_request bigint,
    live boolean not null
  )`,
  `create index if not exists task_issue on drafthorse.task (repository_id, issue_number)`,
  `create index if not exists task_pull_request on drafthorse.task (repository_id, pull_request)
    where pull_request is not null`,
  `create index if not exists task_live on drafthorse.task (key) where live`,
  `create table if not exists drafthorse.history (
    key text not null,
    position bigint generated always as identity,
    entry text not null,
    primary key (key, position)
  )`,
  `create table if not exists drafthorse.lock (
    key text primary key,
    token text not null,
    expires_at timestamptz not null
  )`,
];

/** Creates what is missing; running it again changes nothing. */
export async function createTables(sql: SqlClient): Promise<void> {
  for (const statement of statements) await sql.query(statement);
}
