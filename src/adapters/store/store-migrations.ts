import { Failure } from "../../domain/task/failure.ts";

/**
 * One numbered change of what the store keeps, for each kind of engine. A number is never used again and a migration
 * that was released is never edited. `breaking` says that a version which does not know it must not work on the store.
 */
export type StoreMigration = {
  number: number;
  breaking: boolean;
  what: string;
  /** Run as one transaction. */
  sql: string[];
  /** The body of a Lua script, which Redis runs as one atomic step. Redis has no tables, so it is often empty. */
  redis: string;
};

/** A migration as the store remembers it. */
export type MadeMigration = { number: number; breaking: boolean };

/**
 * All of them, in order. Texts are `text` and not `jsonb`: what an issue says may hold U+0000, which JSON escapes and
 * `jsonb` refuses. The first creates only what is missing, for stores that are older than the numbers.
 */
export const storeMigrations: StoreMigration[] = [
  {
    number: 1,
    breaking: true,
    what: "inbox, ledger and locks",
    sql: [
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
    ],
    redis: "",
  },
  {
    number: 2,
    // A version before it stores no ids. What it stores is asked for once more and known by its digest.
    breaking: false,
    what: "the ids of deliveries",
    sql: [
      `alter table drafthorse.delivery add column if not exists id text`,
      `create index if not exists delivery_id on drafthorse.delivery (id) where id is not null`,
    ],
    redis: "",
  },
];

/**
 * The migrations that a store still lacks. A store that a newer version made a breaking change to is refused with a
 * `storage` failure that names the repair; newer changes that break nothing are left alone.
 */
export function missingMigrations(made: MadeMigration[], known: StoreMigration[]): StoreMigration[] {
  const newest = known.at(-1)?.number ?? 0;
  const foreign = made.find(({ number, breaking }) => breaking && number > newest);
  if (foreign)
    throw new Failure(
      "storage",
      `A newer version of Drafthorse has changed this store (migration ${foreign.number}; this version knows those ` +
        `up to ${newest}). Start that version or a newer one, or restore the backup from before the upgrade.`,
    );
  const numbers = new Set(made.map(({ number }) => number));
  return known.filter(({ number }) => !numbers.has(number));
}
