import type { By } from "./announce.ts";

/** The App's check suite on a commit, made if there is none. */
export function suiteOf({ world, repository }: Pick<By, "world" | "repository">, headSha: string): number {
  const suite = repository.checkSuites.get(headSha) ?? world.newId();
  repository.checkSuites.set(headSha, suite);
  return suite;
}
