import type { ChangedFile, ObjectId } from "../../domain/evidence/change.ts";
import type { Evidence } from "../../domain/evidence/evidence.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import { parseTrailers } from "../../domain/task/trailers.ts";
import { changedFiles } from "../git/changed-files.ts";
import { askGit, runGit } from "../git/run-git.ts";

type Commit = { commit: ObjectId; tree: ObjectId; evidenceSha256: string };

/** What a repository on this machine says of the trees and of the commit that evidence is about. */
export async function readProofFacts(
  gitDir: string,
  evidence: Evidence,
): Promise<{ baseTree: ObjectId | undefined; files: ChangedFile[] | undefined; commits: Commit[] }> {
  const { base, tree, task } = evidence;
  const [baseTree, files, commits] = await Promise.all([
    found(askGit(["rev-parse", "--verify", "--quiet", `${base.commit}^{tree}`], { at: { gitDir } })),
    found(changedFiles({ gitDir, before: base.tree, after: tree })),
    commitsOf(gitDir, `${taskKey(task)}/${task.attempt}`),
  ]);
  return {
    ...{ baseTree, commits },
    files: files?.map(({ path, before, after }) => ({ path, before, after })),
  };
}

/** The commits on any branch whose trailers name the attempt. */
async function commitsOf(gitDir: string, attempt: string): Promise<Commit[]> {
  const format = "--format=%H%x00%T%x00%B%x00";
  const argv = ["log", "--all", "--fixed-strings", `--grep=Agent-Task: ${attempt}`, "-z", format];
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
