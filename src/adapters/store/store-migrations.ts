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
  {
    number: 3,
    // A version before it writes tasks that no list of the dashboard would have.
    breaking: true,
    what: "the lists of tasks by state and last change",
    sql: [
      `alter table drafthorse.task add column if not exists state text`,
      `alter table drafthorse.task add column if not exists updated_at text collate "C"`,
      // Inside a text of the record these quotes have backslashes, and a task's own state is the first that it has.
      `update drafthorse.task set state = substring(task from '"state":"([^"]*)"'),
        updated_at = substring(task from '"updatedAt":"([^"]*)"')`,
      `create index if not exists task_list on drafthorse.task (repository_id, state, updated_at desc, key desc)`,
    ],
    redis: `
      local function ms(text)
        local y, m, d, h, mi, s, f = text:match('(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)%.?(%d*)')
        y, m = tonumber(y), tonumber(m)
        if m <= 2 then y = y - 1 end
        local era = math.floor(y / 400)
        local year = y - era * 400
        local day = math.floor((153 * (m + (m > 2 and -3 or 9)) + 2) / 5) + tonumber(d) - 1
        local days = era * 146097 + year * 365 + math.floor(year / 4) - math.floor(year / 100) + day - 719468
        return (((days * 24 + h) * 60 + mi) * 60 + s) * 1000 + tonumber((f .. '000'):sub(1, 3))
      end
      for _, name in ipairs(redis.call('KEYS', 'drafthorse:ledger:task-*')) do
        local text = not name:match(':history$') and redis.call('HGET', name, 'text')
        if text then
          local task = cjson.decode(text)
          local repository = string.format('%d', task.id.repositoryId)
          redis.call('SADD', 'drafthorse:ledger:repositories', repository)
          redis.call('ZADD', 'drafthorse:ledger:list-' .. repository .. '-' .. task.state,
            string.format('%d', ms(task.updatedAt)), name:sub(#'drafthorse:ledger:' + 1))
        end
      end`,
  },
  {
    number: 4,
    // A version before it would leave a hold behind that has gone. What it wrote is read to be looked at.
    breaking: true,
    what: "live tasks by installation and hold",
    sql: [
      `alter table drafthorse.task add column if not exists installation_id bigint`,
      `alter table drafthorse.task add column if not exists hold text`,
      `create index if not exists task_live_state on drafthorse.task (state) where live`,
      `create index if not exists task_live_repository on drafthorse.task (repository_id) where live`,
    ],
    redis: "",
  },
  {
    number: 5,
    // A version before it is not in the list, and works all the same.
    breaking: false,
    what: "the workers that live",
    sql: [
      `create table if not exists drafthorse.worker (
        id text primary key,
        worker text not null,
        seen_at timestamptz not null
      )`,
    ],
    redis: "",
  },
  {
    number: 6,
    // What a version before it wrote is looked at by the words that it had, or read to be looked at.
    breaking: false,
    what: "the words by which tasks are searched",
    sql: [
      `alter table drafthorse.task add column if not exists words text`,
      `update drafthorse.task set words = lower(concat_ws(e'\\n',
        substring(task from '"title":"((?:[^"\\\\]|\\\\.)*)"'),
        concat(substring(task from '"owner":"([^"]*)"'), '/', substring(task from '"name":"([^"]*)"')),
        concat('#', issue_number), substring(task from '"askedBy":"([^"]*)"'),
        substring(task from '"author":"([^"]*)"'), substring(task from '"branch":"([^"]*)"')))`,
    ],
    redis: "",
  },
  {
    number: 7,
    // The database itself keeps the sums, whichever version writes. Redis knows the lengths of its lists as it is.
    breaking: false,
    what: "how many tasks there are by repository and state, and the tasks by last change",
    sql: [
      `create table drafthorse.task_count (
        repository_id bigint not null,
        state text not null,
        count bigint not null,
        primary key (repository_id, state)
      )`,
      // Whoever writes locks the sums in one order, so that no two writers wait for each other.
      `create function drafthorse.count_written() returns trigger language plpgsql as $$ begin
        insert into drafthorse.task_count as kept (repository_id, state, count)
          select repository_id, state, sum(added) from (
            values (new.repository_id, new.state, 1), (old.repository_id, old.state, -1)
          ) as moved (repository_id, state, added)
          where state is not null group by repository_id, state order by repository_id, state
          on conflict (repository_id, state) do update set count = kept.count + excluded.count;
        return null;
      end $$`,
      `create function drafthorse.count_removed() returns trigger language plpgsql as $$ begin
        insert into drafthorse.task_count as kept (repository_id, state, count)
          select repository_id, state, -count(*) from removed
          where state is not null group by repository_id, state order by repository_id, state
          on conflict (repository_id, state) do update set count = kept.count + excluded.count;
        return null;
      end $$`,
      `create trigger count_created after insert on drafthorse.task
        for each row execute function drafthorse.count_written()`,
      `create trigger count_changed after update on drafthorse.task for each row
        when (old.state is distinct from new.state) execute function drafthorse.count_written()`,
      `create trigger count_removed after delete on drafthorse.task
        referencing old table as removed for each statement execute function drafthorse.count_removed()`,
      // A trigger is made when no writer is left, and until the end of the migration none comes.
      `insert into drafthorse.task_count (repository_id, state, count)
        select repository_id, state, count(*) from drafthorse.task
        where state is not null group by repository_id, state`,
      `create index task_newest on drafthorse.task (repository_id, updated_at desc, key desc)`,
      `create index task_changed on drafthorse.task (updated_at desc, key desc)`,
    ],
    redis: "",
  },
  {
    number: 8,
    // The database itself keeps them, as above. What has no words is found beside them.
    breaking: false,
    what: "the parts of the words by which tasks are searched",
    sql: [
      `create function drafthorse.trigrams(words text) returns text[] language sql immutable as $$
        select coalesce(array_agg(distinct substr(words, at, 3)), '{}') from generate_series(1, length(words) - 2) as at
      $$`,
      // A table of its own: a task is written often, and its words hardly ever change.
      `create table drafthorse.task_words (key text primary key, trigrams text[] not null)`,
      `create index task_words_trigrams on drafthorse.task_words using gin (trigrams)`,
      `create index task_wordless on drafthorse.task (key) where words is null`,
      `create function drafthorse.words_written() returns trigger language plpgsql as $$ begin
        insert into drafthorse.task_words (key, trigrams) values (new.key, drafthorse.trigrams(new.words))
          on conflict (key) do update set trigrams = excluded.trigrams;
        return null;
      end $$`,
      `create function drafthorse.words_removed() returns trigger language plpgsql as $$ begin
        delete from drafthorse.task_words where key = old.key;
        return null;
      end $$`,
      `create trigger words_created after insert on drafthorse.task
        for each row execute function drafthorse.words_written()`,
      `create trigger words_changed after update on drafthorse.task for each row
        when (old.words is distinct from new.words) execute function drafthorse.words_written()`,
      `create trigger words_removed after delete on drafthorse.task
        for each row execute function drafthorse.words_removed()`,
      `insert into drafthorse.task_words (key, trigrams) select key, drafthorse.trigrams(words) from drafthorse.task`,
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
