import type { HoldRule, OccupyingTask } from "../situation.ts";

/**
 * How many released tasks wait for a worker at most. It is enough that a worker which becomes free finds one; what is
 * released earlier than needed cannot be shared fairly any more.
 */
const readyAhead = 2;

/** An attempt runs where its worker, its repository and its installation have room for one more. */
export const concurrency: HoldRule<"concurrency"> = (task, { occupying, rules }) => {
  const atWork = occupying.filter(({ stage }) => stage !== "proposed");
  const count = (isOne: (other: OccupyingTask) => boolean): number => atWork.filter(isOne).length;
  const { concurrent, concurrentInInstallation: shared = Number.POSITIVE_INFINITY } = rules;
  if (count(({ repositoryId }) => repositoryId === task.repositoryId) >= concurrent)
    return { kind: "concurrency", of: "repository", limit: concurrent };
  if (count(({ installationId }) => installationId === task.installationId) >= shared)
    return { kind: "concurrency", of: "installation", limit: shared };
  if (count(({ stage }) => stage === "ready") >= readyAhead) return { kind: "concurrency", of: "worker" };
  return undefined;
};
