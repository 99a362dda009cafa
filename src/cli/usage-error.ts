import { describeSystemError } from "../domain/host/system-error.ts";

/** A command was given something that it cannot use. The message says what is wrong, with what, and what to do. */
export class UsageError extends Error {}

/** The exit code for it, as shells have it. */
export const usageExit = 2;

/** Waits for what is done with a path that somebody named; an error of the system becomes a usage error. */
export async function orUsageError<T>(
  done: Promise<T>,
  { path, repair }: { path: string; repair: string },
): Promise<T> {
  return done.catch((error: unknown) => {
    const what = describeSystemError(error, path);
    throw what === undefined ? error : new UsageError(`${what}. ${repair}`);
  });
}
