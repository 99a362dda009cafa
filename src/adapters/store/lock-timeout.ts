import { Failure } from "../../domain/task/failure.ts";

/** The failure of one who waited for a lock as long as the port allows. */
export function lockTimeout(key: string, waitedMs: number): Failure {
  return new Failure("storage", `The lock ${key} was not free within ${waitedMs / 1_000} s.`);
}
