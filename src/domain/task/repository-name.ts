import type { Repository } from "./task.ts";

/** A repository as people write it: `owner/name`. */
export function repositoryName({ owner, name }: Pick<Repository, "owner" | "name">): string {
  return `${owner}/${name}`;
}
