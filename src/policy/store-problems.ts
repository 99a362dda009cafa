/** Where the store is, as the environment has it. */
type StoreSettings = { REDIS_URL?: string | undefined; DATABASE_URL?: string | undefined };

/** What is wrong with that, with its repair. */
export function storeProblems({ REDIS_URL, DATABASE_URL }: StoreSettings): string[] {
  if (REDIS_URL === undefined || DATABASE_URL === undefined) return [];
  return ["REDIS_URL and DATABASE_URL are both set. Tasks and jobs are kept in one place: unset the other."];
}
