import { Failure } from "../../domain/task/failure.ts";

/** A name is one or more plain file names: nothing that climbs, hides or names a stream. Throws a `bug` for another. */
export function checkedName(name: string): string {
  if (!name.split("/").every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(part)))
    throw new Failure("bug", `${JSON.stringify(name)} is no name for an artefact`);
  return name;
}

/** Does something with the artefact of that name; what goes wrong is a failure of the store. */
export async function asStored<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("storage", `the artefact ${name} failed: ${String(error)}`, { cause: error });
  }
}
