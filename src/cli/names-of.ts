import { UsageError } from "./usage-error.ts";

/** A repository on GitHub as a person names it, `OWNER/NAME`. Throws a usage error. */
export function parseRepositoryName(repository: string): { owner: string; name: string } {
  const match = /^(?<owner>[\w-]+)\/(?<name>[\w.-]+)$/.exec(repository);
  const { owner, name } = match?.groups ?? {};
  if (!owner || !name || /^\.+$/.test(name))
    throw new UsageError(`${repository} is no repository. Name it as OWNER/NAME, as on GitHub.`);
  return { owner, name };
}
