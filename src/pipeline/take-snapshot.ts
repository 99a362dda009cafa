import { repositoryFilePath } from "../domain/rules/repository-file.ts";
import type { Task } from "../domain/task/task.ts";
import type { IssueAt, Snapshot } from "../ports/github.ts";
import type { Ports } from "../ports.ts";

/** An issue as it is now, with its comments and edits. */
export function takeSnapshot(at: IssueAt, { snapshots }: Pick<Ports, "snapshots">): Promise<Snapshot> {
  return snapshots.take(at, { branch: at.repository.defaultBranch, path: repositoryFilePath });
}

/** What an attempt begins from, in one request: the rules, the issue, and whether its branch is there. */
export async function beginFrom(
  { id, repository, branch }: Task,
  ports: Ports,
): Promise<{ snapshot: Snapshot; ports: Ports }> {
  const at = { repository, number: id.issueNumber };
  const snapshot = await ports.snapshots.take(at, { branch, path: repositoryFilePath });
  const policies = ports.policies.once({ repository, file: snapshot.file });
  return { snapshot, ports: { ...ports, policies } };
}
