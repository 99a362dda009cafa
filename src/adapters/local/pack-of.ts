import type { ObjectId } from "../../domain/evidence/change.ts";
import { runGit } from "../git/run-git.ts";

/** What a commit has and another one lacks, as a pack. Rejects with a `git` failure. */
export function packOf(
  gitDir: string,
  { commit, without }: Record<"commit" | "without", ObjectId>,
): Promise<Buffer> {
  return runGit(["pack-objects", "--revs", "--stdout", "-q"], {
    at: { gitDir },
    input: `${commit}\n^${without}\n`,
  });
}
