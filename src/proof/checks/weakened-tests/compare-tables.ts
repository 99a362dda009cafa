import type { Table } from "./suite.ts";

/** A table that lost rows: how many of how many. */
export type LostRows = { name: string; lost: number; of: number };

type Paired = { pairs: Map<Table, Table>; free: Set<Table> };

/** The rows of tables that are new where they stand: in a new table, or in one that had no such row. */
export function gainedRows(before: Table[], after: Table[]): string[] {
  const { pairs, free } = pairTables(before, after);
  const grown = [...pairs].flatMap(([was, is]) => without(is.rows, new Set(was.rows)));
  return [...grown, ...[...free].flatMap(({ rows }) => rows)];
}

/**
 * Compares tables with what became of each. Rows that were `gained` anywhere in the change are not lost, and a row that
 * changed is another row in its place.
 */
export function compareTables(before: Table[], after: Table[], gained: Set<string>): LostRows[] {
  return [...pairTables(before, after).pairs].flatMap(([was, is]) => {
    const gone = without(without(was.rows, new Set(is.rows)), gained).length;
    const lost = Math.min(was.rows.length - is.rows.length, gone);
    return lost > 0 ? [{ name: was.name, lost, of: was.rows.length }] : [];
  });
}

/** A file may have several tables of one name: those of the same suite belong together, else those that share most rows. */
function pairTables(before: Table[], after: Table[]): Paired {
  const paired: Paired = { pairs: new Map(), free: new Set(after) };
  const isSame = (was: Table, is: Table): boolean => is.name === was.name && is.scope === was.scope;
  for (const was of before)
    pair(
      was,
      [...paired.free].find((is) => isSame(was, is)),
      paired,
    );
  for (const was of before) if (!paired.pairs.has(was)) pair(was, likestTable(was, paired.free), paired);
  return paired;
}

function pair(was: Table, is: Table | undefined, { pairs, free }: Paired): void {
  if (!is) return;
  pairs.set(was, is);
  free.delete(is);
}

function likestTable(was: Table, free: Set<Table>): Table | undefined {
  const own = new Set(was.rows);
  const shared = (table: Table): number => table.rows.filter((row) => own.has(row)).length;
  return [...free]
    .filter(({ name }) => name === was.name)
    .toSorted((one, other) => shared(other) - shared(one))[0];
}

function without(rows: string[], known: Set<string>): string[] {
  return rows.filter((row) => !known.has(row));
}
