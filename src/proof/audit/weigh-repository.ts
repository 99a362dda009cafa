import type { ChangedFile, ObjectId } from "../../domain/evidence/change.ts";
import type { Evidence } from "../../domain/evidence/evidence.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import { forged, type Weighed } from "./weighed.ts";

/** A commit of this attempt, as a repository has it. */
export type ProvedCommit = { commit: ObjectId; tree: ObjectId; evidenceSha256: string };

/** What a repository says: the tree of the base's commit, the differences of the two trees, the attempt's commits. */
export type RepositoryFacts = {
  baseTree: ObjectId | undefined;
  files: ChangedFile[] | undefined;
  commits: ProvedCommit[];
};

/** Holds the evidence against a repository: its base, its files, and the commit that names it. */
export function weighRepository(
  evidence: Evidence,
  { sha256, repository }: { sha256: string; repository: RepositoryFacts },
): Weighed[] {
  const { base, tree } = evidence;
  return [
    weighBase(base, repository.baseTree),
    weighFiles(evidence.files, repository.files),
    weighFoundCommit({ sha256, tree, commits: repository.commits, attempt: attemptOf(evidence) }),
  ];
}

function weighBase(base: Evidence["base"], found: ObjectId | undefined): Weighed {
  const what = "base tree";
  if (!found)
    return {
      what,
      holds: false,
      line: `there is no commit ${base.commit}`,
      repair: `git fetch origin ${base.ref}`,
    };
  const holds = found === base.tree;
  const line = holds ? `commit ${base.commit} has it` : `commit ${base.commit} has the tree ${found}`;
  return { what, holds, line, repair: forged };
}

function weighFiles(told: ChangedFile[], found: ChangedFile[] | undefined): Weighed {
  const what = "changed files";
  if (!found)
    return {
      what,
      holds: false,
      line: "the trees are not in the repository",
      repair: "Fetch the agent's branch.",
    };
  const holds = comparableFiles(told) === comparableFiles(found);
  const line = holds ? `${found.length}, as git has them` : "they are not the difference of the two trees";
  return { what, holds, line, repair: forged };
}

function comparableFiles(files: ChangedFile[]): string {
  const sides = files.map(({ path, before, after }) => [
    ...[path, before?.mode, before?.id, after?.mode, after?.id, after?.bytes],
  ]);
  return JSON.stringify(sides.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
}

function attemptOf({ task }: Evidence): string {
  return `${taskKey(task)}/${task.attempt}`;
}

type CommitFacts = { sha256: string; tree: ObjectId; commits: ProvedCommit[]; attempt: string };

function weighFoundCommit({ sha256, tree, commits, attempt }: CommitFacts): Weighed {
  const what = "commit";
  const [first] = commits;
  if (!first)
    return {
      what,
      holds: false,
      line: `no commit of ${attempt} is here`,
      repair: "Fetch the agent's branch.",
    };
  const named = commits.find(({ evidenceSha256 }) => evidenceSha256 === sha256);
  if (!named)
    return {
      ...{ what, holds: false, repair: forged },
      line: `${first.commit} names the evidence ${first.evidenceSha256}; this file is ${sha256}`,
    };
  const holds = named.tree === tree;
  const line = holds
    ? `${named.commit} names this file and has the tree that was validated`
    : `${named.commit} has the tree ${named.tree}, not ${tree}`;
  return { what, holds, line, repair: forged };
}
