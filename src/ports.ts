import type { Toolchains } from "./domain/evidence/wanted-tool.ts";
import type { ConfigurationProblem } from "./domain/rules/configuration-problem.ts";
import type { Policy } from "./domain/rules/policy.ts";
import type { Repository } from "./domain/task/task.ts";
import type { Branches } from "./ports/branches.ts";
import type { Dates } from "./ports/dates.ts";
import type { Events } from "./ports/events.ts";
import type {
  BranchProtection,
  CheckRuns,
  DefaultFile,
  Issues,
  Labels,
  People,
  PullRequests,
  Snapshots,
} from "./ports/github.ts";
import type { Secrets } from "./ports/secrets.ts";
import type { SetUpOffers } from "./ports/set-up-offers.ts";
import type { Setups } from "./ports/setups.ts";
import type { Signer } from "./ports/signer.ts";
import type { Artefacts, Inbox, Locks, Queue, Tasks, Workers } from "./ports/store.ts";
import type { Traces } from "./ports/traces.ts";
import type { Agent, BaseFiles, Objects, Sandbox, TestReports, Worktrees } from "./ports/workshop.ts";

/** Time. Nothing else in `src/` outside the adapters knows what time it is. */
export type Clock = { now(): Date };

/** What is done again and again. */
export type Timer = {
  /** Calls `action` every `ms` until the returned function is called; never twice at once. `action` MUST NOT reject. */
  every(ms: number, action: () => Promise<void>): () => void;
};

/** The rules of a repository; with problems they are the operator's alone, under the label that the file names. */
export type Rules = { policy: Policy; problems: ConfigurationProblem[] };

export type Policies = {
  /** The rules as the file on the default branch has them now, or why it cannot be used. */
  read(repository: Repository): Promise<Rules>;
  /**
   * The rules for work under way; with a scope that lies in one project, those of the project. While the file cannot be
   * used they are those that it had before; where nobody here knows those, this MUST reject with a `setup` failure
   * rather than go on without them.
   */
  of(repository: Repository, scope?: string[]): Promise<Policy>;
  /**
   * The same, each file read but once: what is done by the answer is done by one set of rules. A file that somebody has
   * just read is not read again.
   */
  once(read?: { repository: Repository; file: DefaultFile | undefined }): Policies;
};

/** The machine that works: the versions of languages that commands find here. MUST NOT reject. */
export type Machine = { toolchains(): Promise<Toolchains> };

/**
 * The fields of a log line. An error is `err`, which alone the logger writes with its message and its causes; where only its
 * words are wanted they are a `cause`.
 */
export type LogFields = {
  readonly [field: string]: unknown;
  readonly err?: unknown;
  readonly cause?: string | undefined;
  readonly error?: never;
};

/** One line per step, with its fields; the message is static from `warn` up. */
export type Log = {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
};

/** All that the recipes ask of the world. */
export type Ports = {
  clock: Clock;
  timer: Timer;
  log: Log;
  events: Events;
  policies: Policies;
  machine: Machine;
  inbox: Inbox;
  tasks: Tasks;
  locks: Locks;
  queue: Queue;
  workers: Workers;
  artefacts: Artefacts;
  issues: Issues;
  snapshots: Snapshots;
  labels: Labels;
  setUpOffers: SetUpOffers;
  people: People;
  branches: Branches;
  protection: BranchProtection;
  pullRequests: PullRequests;
  checkRuns: CheckRuns;
  signer: Signer;
  worktrees: Worktrees;
  objects: Objects;
  baseFiles: BaseFiles;
  secrets: Secrets;
  sandbox: Sandbox;
  agent: Agent;
  setups: Setups;
  testReports: TestReports;
  traces: Traces;
  dates: Dates;
};

/** What every measurement asks: a clean checkout, its set-up, a run of the command and the test reports of that run. */
export type MeasuringPorts = Pick<
  Ports,
  "artefacts" | "clock" | "dates" | "policies" | "sandbox" | "setups" | "testReports" | "worktrees"
>;
