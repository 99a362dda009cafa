import type { Policy } from "./domain/policy.ts";
import type { Repository } from "./domain/task.ts";
import type { Branches, CheckRuns, Issues, People, PullRequests } from "./ports/github.ts";
import type { Artefacts, Inbox, Locks, Queue, Tasks } from "./ports/store.ts";
import type { Agent, Objects, Sandbox, Worktrees } from "./ports/workshop.ts";

/** Time. Nothing else in `src/` outside the adapters knows what time it is. */
export type Clock = { now(): Date };

/** What is done again and again. */
export type Timer = {
  /** Calls `action` every `ms` until the returned function is called; never twice at once. `action` MUST NOT reject. */
  every(ms: number, action: () => Promise<void>): () => void;
};

/** The rules of a repository. */
export type Policies = { of(repository: Repository): Promise<Policy> };

/** One line per step, with its fields; the message is static from `warn` up. */
export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** All that the recipes ask of the world. */
export type Ports = {
  clock: Clock;
  timer: Timer;
  log: Log;
  policies: Policies;
  inbox: Inbox;
  tasks: Tasks;
  locks: Locks;
  queue: Queue;
  artefacts: Artefacts;
  issues: Issues;
  people: People;
  branches: Branches;
  pullRequests: PullRequests;
  checkRuns: CheckRuns;
  worktrees: Worktrees;
  objects: Objects;
  sandbox: Sandbox;
  agent: Agent;
};
