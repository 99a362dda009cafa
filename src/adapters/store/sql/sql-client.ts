/** What the SQL of the store asks of a PostgreSQL, in process or on a server; `pg`'s pool has this shape. */
export type SqlClient = {
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
};
