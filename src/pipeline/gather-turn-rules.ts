import { noting } from "../domain/task/lease.ts";
import { taskStates } from "../domain/task/state.ts";
import type { Repository, Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import type { TurnRules } from "../schedule/situation.ts";
import { costsOfDay } from "../schedule/snapshot-turns.ts";

/** More tasks than a repository begins in a day. */
const mostOfDay = 500;

/**
 * The rules of the repositories whose tasks wait, and what their attempts of the day have cost. A repository that cannot be
 * asked is left out: its tasks stay as they are.
 */
export async function gatherTurnRules(
  waiting: Task[],
  ports: Pick<Ports, "clock" | "log" | "policies" | "tasks">,
): Promise<Map<number, TurnRules>> {
  const repositories = new Map(waiting.map(({ repository }) => [repository.id, repository]));
  const rules = new Map<number, TurnRules>();
  for (const [id, repository] of repositories) {
    const own = await turnRulesOf(repository, ports).catch((err) =>
      ports.log.warn({ repository: id, err }, "the rules of a repository could not be read to schedule by"),
    );
    if (own) rules.set(id, own);
  }
  return rules;
}

async function turnRulesOf(
  repository: Repository,
  ports: Pick<Ports, "clock" | "policies" | "tasks">,
): Promise<TurnRules> {
  const { policy } = await ports.policies.read(repository);
  const { concurrent, openPullRequests, dailyUsd, usd } = policy.limits;
  const costs =
    dailyUsd === undefined ? { spentUsd: 0, reservedUsd: 0 } : await costsOf(repository, usd, ports);
  const { overlap, concurrentPerInstallation: concurrentInInstallation } = policy;
  return { overlap, concurrent, concurrentInInstallation, openPullRequests, dailyUsd, usd, ...costs };
}

async function costsOf({ id }: Repository, usd: number, { tasks, clock }: Pick<Ports, "clock" | "tasks">) {
  const newest = { repositories: [id], states: taskStates, skip: 0, limit: mostOfDay };
  return costsOfDay(await tasks.select(newest), { now: clock.now(), usd });
}

/** Which issues that tasks depend on are open. What was closed once stays so: a task is held no second time. */
export async function lookAtDependencies(
  waiting: Task[],
  { look }: { look: boolean },
  ports: Pick<Ports, "clock" | "log" | "tasks" | "issues">,
): Promise<void> {
  for (const task of waiting)
    if (isLookedAt(task, look))
      await lookAt(task, ports).catch((err) =>
        ports.log.warn({ task: task.id, err }, "the issues that a task depends on could not be looked at"),
      );
}

function isLookedAt({ brief, openDependencies }: Task, look: boolean): boolean {
  if (!brief || brief.brief.dependsOn.length === 0) return false;
  return openDependencies === undefined || (look && openDependencies.length > 0);
}

async function lookAt(
  { id, repository, brief, openDependencies }: Task,
  ports: Pick<Ports, "clock" | "tasks" | "issues">,
): Promise<void> {
  const asked = openDependencies ?? brief?.brief.dependsOn ?? [];
  const open: number[] = [];
  for (const number of asked) {
    // An issue that is gone can never be closed, and one that waits for itself neither.
    const issue = number === id.issueNumber ? undefined : await ports.issues.read({ repository, number });
    if (issue?.open) open.push(number);
  }
  if (open.length === openDependencies?.length) return;
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(id, (present) =>
    noting(present, { openDependencies: open }, { at, what: "dependencies looked at", details: { open } }),
  );
}
