import { Failure } from "../../domain/task/failure.ts";

/** Runs one operation on the database; whatever goes wrong in it is a `storage` failure that names the operation. */
export async function stored<T>(what: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (thrown) {
    throw storageFailure(what, thrown);
  }
}

/** Reads what a database's driver threw as a `storage` failure; a failure stays what it is. */
export function storageFailure(what: string, thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const cause = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure("storage", `The store could not ${what}: ${cause}`, { cause: thrown });
}
