import type { ChangedFile, ObjectId } from "../../domain/evidence/change.ts";
import type { Evidence } from "../../domain/evidence/evidence.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import { parseTrailers } from "../../domain/task/trailers.ts";
import { changedFiles } from "../git/changed-files.ts";
import { askGit, runGit } from "../git/run-git.ts";

type Commit = { commit: ObjectId; tree: ObjectId; evidenceSha256: string };

/**
 * What a repository on this machine says of the trees and of the commit that evidence is about; `also` is a commit that may
 * be on no branch, as one that was fetched by its number.
 */
export async function readProofFacts(
  gitDir: string,
  evidence: Evidence,
  also?: ObjectId,
): Promise<{ baseTree: ObjectId | undefined; files: ChangedFile[] | undefined; commits: Commit[] }> {
  const { base, tree, task } = evidence;
  const [baseTree, files, commits] = await Promise.all([
    treeOf(gitDir, base.commit),
    found(changedFiles({ gitDir, before: base.tree, after: tree })),
    commitsOf(gitDir, { attempt: `${taskKey(task)}/${task.attempt}`, also }),
  ]);
  return {
    ...{ baseTree, commits },
    files: files?.map(({ path, before, after }) => ({ path, before, after })),
  };
}

/** The tree of a commit, if the repository has it. */
export function treeOf(gitDir: string, commit: ObjectId): Promise<ObjectId | undefined> {
  return found(askGit(["rev-parse", "--verify", "--quiet", `${commit}^{tree}`], { at: { gitDir } }));
}

/** The commits on any branch whose trailers name the attempt. */
async function commitsOf(
  gitDir: string,
  { attempt, also }: { attempt: string; also: ObjectId | undefined },
): Promise<Commit[]> {
  const others = also && (await treeOf(gitDir, also)) ? [also] : [];
  const format = "--format=%H%x00%T%x00%B%x00";
  const argv = ["log", "--all", ...others, "--fixed-strings", `--grep=Agent-Task: ${attempt}`, "-z", format];
  const parts = (await found(runGit(argv, { at: { gitDir } })))?.toString("utf8").split("\0") ?? [];
  return parts.flatMap((commit, at) => {
    const message = parts[at + 2] ?? "";
    const trailers = at % 4 === 0 ? parseTrailers(message) : null;
    const evidenceSha256 = /^Evidence-SHA256: (?<sha>[0-9a-f]{64})$/m.exec(message)?.groups?.sha;
    const isIts = trailers && `${trailers.task}/${trailers.attempt}` === attempt;
    return isIts ? [{ commit, tree: parts[at + 1] ?? "", evidenceSha256: evidenceSha256 ?? "none" }] : [];
  });
}

/** What git does not find is not there. */
function found<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch(() => undefined);
}
