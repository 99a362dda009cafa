/** Every key that is ours in Redis; those of BullMQ begin with `drafthorse:jobs:`. */
export const keys = {
  /** Hash: number of each migration that was made → `breaking` or `additive`. */
  migrations: "drafthorse:migrations",
  /** Hash: digest → delivery, until it is settled. */
  deliveries: "drafthorse:inbox:deliveries",
  /** Sorted set: digest by order of arrival, until it is settled. */
  pending: "drafthorse:inbox:pending",
  /** Sorted set: digest by the time at which it was settled, in milliseconds. */
  settled: "drafthorse:inbox:settled",
  /** Sorted set: the id of each delivery by the time at which it was stored, in milliseconds; for seven days. */
  deliveryIds: "drafthorse:inbox:ids",
  /** The number of the last arrival. */
  arrivals: "drafthorse:inbox:arrivals",
  /** Hash: version and text of a task. */
  task: (key: string) => `drafthorse:ledger:${key}`,
  /** List: the lines of a task's history. */
  history: (key: string) => `drafthorse:ledger:${key}:history`,
  /** Set: the tasks that have not ended. */
  live: "drafthorse:ledger:live",
  /** Set: the tasks of one issue. */
  issue: (repositoryId: number, number: number) => `drafthorse:ledger:issue-${repositoryId}-${number}`,
  /** Set: the tasks of one pull request. */
  pullRequest: (repositoryId: number, number: number) => `drafthorse:ledger:pull-${repositoryId}-${number}`,
  /** Set: the ids of the repositories that have tasks. */
  repositories: "drafthorse:ledger:repositories",
  /** Sorted set: the tasks of one repository in one state, by the time of their last change in milliseconds. */
  list: (repositoryId: number, state: string) => `drafthorse:ledger:list-${repositoryId}-${state}`,
  /** Hash: id → what a worker says of itself. */
  workers: "drafthorse:workers",
  /** Sorted set: the id of each worker by the time at which it was heard of, by Redis's clock, in milliseconds. */
  workersSeen: "drafthorse:workers:seen",
  lock: (key: string) => `drafthorse:lock:${key}`,
};
