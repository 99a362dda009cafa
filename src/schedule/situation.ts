import type { TurnHold } from "../domain/task/hold.ts";

/** Where a task belongs; `key` is its key in the ledger. */
type PlacedTask = { key: string; repositoryId: number; installationId: number; issue: number };

/** A task that waits for its turn, since when, what it declares, and which of the issues that it depends on are still open. */
export type WaitingTask = PlacedTask & { since: string; scope: string[]; openDependencies: number[] };

/**
 * A task that takes up room: `ready` waits for a worker, `postponed` for a passing trouble to pass, `working` has an attempt
 * under way, and `proposed` an open pull request. `releasedAt` is when it was let go.
 */
export type OccupyingTask = PlacedTask & {
  stage: "ready" | "postponed" | "working" | "proposed";
  scope: string[];
  pullRequest?: number;
  releasedAt?: string;
};

/** The bounds of one repository, and what its tasks cost since midnight UTC; `reservedUsd` is set aside for what still runs. */
export type TurnRules = {
  overlap: "hold" | "allow";
  concurrent: number;
  concurrentInInstallation: number | undefined;
  openPullRequests: number;
  dailyUsd: number | undefined;
  usd: number;
  spentUsd: number;
  reservedUsd: number;
};

/** All that a decision is made from. Tasks of a repository whose rules are not known are left as they are. */
export type TurnSnapshot = {
  waiting: WaitingTask[];
  occupying: OccupyingTask[];
  rules: ReadonlyMap<number, TurnRules>;
  now: Date;
};

/** What one task is held against: what takes up room by now, and those of its repository that go first. */
export type TurnSituation = {
  occupying: OccupyingTask[];
  earlier: WaitingTask[];
  rules: TurnRules;
  now: Date;
};

/** Why a task may not start in a situation; undefined where nothing of this kind holds it. */
export type HoldRule<K extends TurnHold["kind"]> = (
  task: WaitingTask,
  situation: TurnSituation,
) => Extract<TurnHold, { kind: K }> | undefined;
