import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { LocalRepository } from "../../adapters/local/open-repository.ts";
import { packOf } from "../../adapters/local/pack-of.ts";
import type { Change, ObjectId } from "../../domain/evidence/change.ts";
import type { Evidence } from "../../domain/evidence/evidence.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import type { Task } from "../../domain/task/task.ts";
import { attemptKey, taskKey } from "../../domain/task/task-id.ts";
import { guessSetup } from "../../policy/guess-setup.ts";
import type { Ports } from "../../ports.ts";
import { weighAgain } from "../../proof/audit/weigh-again.ts";
import type { Weighed } from "../../proof/audit/weighed.ts";
import { measureAgain } from "../../proof/measure-again.ts";
import { openLocalPorts } from "../run/work-on.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { UsageError } from "../usage-error.ts";

/** What is run again: evidence, and the commit of a clone that has its tree. */
export type AgainOrder = {
  evidence: Evidence | undefined;
  local: LocalRepository | undefined;
  commit: ObjectId | undefined;
};

/** Runs the evidence's command in this machine's sandbox, as the proof did, and compares. Nothing of the clone changes. */
export async function runAgain({ evidence, local, commit }: AgainOrder): Promise<Weighed[]> {
  if (!evidence || !local || !commit)
    throw new UsageError(
      "--again needs the evidence, and a clone that has its commit. Name the clone by --repo, and fetch the agent's branch into it.",
    );
  const directory = await temporaryDirectory("again");
  try {
    const place = { directory, out: join(directory, "out"), agent: "exec:true" };
    const text = { title: "again", body: "" };
    const ports = await openLocalPorts(place, { local, text });
    const task = await measurableTask(evidence, local, ports);
    const change = await rebuildChange(evidence, { local, commit }, ports);
    const signal = new AbortController().signal;
    const runs = await measureAgain(task, { change, signal }, ports);
    await ports.worktrees.close(attemptKey(task.id, 1));
    return [tellSandbox(ports), tellSetup(evidence, task), ...weighAgain(evidence, runs)];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The base is fetched from the clone; what the change adds to it is a pack, as an agent's capture would be. */
async function rebuildChange(
  { base, tree, files, task }: Evidence,
  { local, commit }: { local: LocalRepository; commit: ObjectId },
  ports: Ports,
): Promise<Change> {
  if ((await ports.worktrees.fetch(local.repository, base.commit)) === "missing")
    throw new UsageError(
      `The clone does not have the base ${base.commit}. Fetch it: git fetch origin ${base.ref}.`,
    );
  const pack = `${taskKey(task)}/again.pack`;
  await ports.artefacts.write(pack, await packOf(local.gitDir, { commit, without: base.commit }));
  return { base, tree, files, unpublishable: [], pack };
}

/** A task that has what a measurement asks of one: its command, and the set-up that nobody wrote down. */
async function measurableTask(
  evidence: Evidence,
  { repository }: LocalRepository,
  ports: Ports,
): Promise<AcceptedTask> {
  const { task, base, briefSha256, measuredAt: at } = evidence;
  const validation = (evidence.validation ?? evidence.baseline)?.command;
  if (validation === undefined)
    throw new UsageError("--again needs evidence of a run: this one says that no command was run.");
  const brief = {
    ...{
      goal: "",
      nonGoals: [],
      validation,
      doneWhen: [],
      scope: [],
      constraints: [],
      kind: "other" as const,
    },
    ...{ boundary: { reviewers: [], ask: [], never: [] }, dependencies: [], budget: {}, dependsOn: [] },
  };
  const attempt = { number: 1, askedBy: "you", askedById: 0, askedIn: "", starts: 1, base };
  const isGuessed = evidence.setup?.guessedFrom !== undefined && evidence.setup.failed === undefined;
  await ports.worktrees.fetch(repository, base.commit);
  const { guessed } = isGuessed ? await guessSetup({ repository, base, brief }, ports.baseFiles) : {};
  return {
    ...{ id: task, repository, issue: { title: "", author: "you", body: "" }, state: "running" },
    ...{ askedBy: "you", askedIn: "", brief: { brief, sha256: briefSha256 }, problems: [], branch: "" },
    ...{ attempts: [attempt], fence: 0, createdAt: at, updatedAt: at, ...(guessed && { guessed }) },
  };
}

function tellSandbox({ sandbox }: Ports): Weighed {
  const line = sandbox.kind === "none" ? "not sandboxed" : "in this machine's sandbox";
  return { what: "again", holds: true, line: `the command was run ${line}`, repair: "" };
}

/** What ran before: the rules are those of the clone's default branch as it is now. */
function tellSetup({ setup }: Evidence, { guessed }: Task): Weighed {
  const told = setup?.run ?? "none";
  const here = guessed?.setup.run ?? "that of .github/drafthorse.yml, if it names one";
  const line = `the evidence's set-up was ${told}; here it was ${here}`;
  return { what: "again: set-up", holds: undefined, isSaid: true, line, repair: "" };
}
