import { errorCode } from "../error-code.ts";
import {
  type MadeMigration,
  missingMigrations,
  type StoreMigration,
  storeMigrations,
} from "../store-migrations.ts";
import type { SqlClient } from "./sql-client.ts";

const prepare = `
  create schema if not exists drafthorse;
  create table if not exists drafthorse.migration (
    number integer primary key,
    breaking boolean not null,
    made_at timestamptz not null default now()
  )`;

/** What PostgreSQL says to the second of two processes that create one thing: unique_violation, duplicate_table … */
const beaten = new Set<unknown>(["23505", "42P07", "42P06", "42710"]);

/** Each round another process got on, so there are at most as many as there are migrations and two more. */
const maxRounds = 100;

/** Makes the migrations that the store lacks, each whole or not at all; several processes may do so at once. */
export async function migrateSql(sql: SqlClient, known = storeMigrations): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      await sql.query(prepare);
      const { rows } = await sql.query<MadeMigration>("select number, breaking from drafthorse.migration");
      for (const migration of missingMigrations(rows, known)) await sql.query(statementOf(migration));
      return;
    } catch (thrown) {
      if (!beaten.has(errorCode(thrown)) || round === maxRounds) throw thrown;
    }
  }
}

/**
 * Several statements in one query are one transaction. The number comes first: of two processes the second waits there
 * until the first is done, and is then told that the number exists.
 */
function statementOf({ number, breaking, sql }: StoreMigration): string {
  const made = `insert into drafthorse.migration (number, breaking) values (${number}, ${breaking})`;
  return [made, ...sql].join(";\n");
}
