import { join } from "node:path";
import type { Change } from "../../domain/evidence/change.ts";
import type { Artefacts } from "../../ports/store.ts";
import { type ChangePlace, findChangeRepository } from "./change-repository.ts";
import { runGit } from "./run-git.ts";

/**
 * Lays a change over the files of its base in a fresh worktree, from the pack among the artefacts. Its index stays that of the
 * base, so that the change is seen there as edits that nobody has committed.
 */
export async function layChange(
  place: ChangePlace & { artefacts: Artefacts },
  change: Change,
): Promise<void> {
  const gitDir = await findChangeRepository(place, change);
  const at = {
    ...{ gitDir, workTree: place.paths.work, index: join(gitDir, "drafthorse-laid") },
    settings: { "core.bare": "false" },
  };
  await runGit(["read-tree", change.base.tree], { at });
  // Without the times of the files git would take each for edited, and refuse to replace it.
  await runGit(["update-index", "-q", "--refresh"], { at, endsWell: [1] });
  await runGit(["read-tree", "-m", "-u", change.base.tree, change.tree], { at });
}
