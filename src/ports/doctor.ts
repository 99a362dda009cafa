import type { StoreFault } from "../domain/host/store-fault.ts";
import type { System } from "../domain/host/supported-system.ts";
import type { Repository } from "../domain/task/task.ts";
import type { Policies } from "../ports.ts";
import type { BranchProtection, DeliveryTry, Files } from "./github.ts";

/** Probes that got out of the sandbox, or that could not be tried for one reason; `names` are their names. */
export type OpenProbes = { group: string; names: string[]; seen: string; means: string; repair: string };
export type UntriedProbes = { names: string[]; why: string; repair: string };

/** What trying to get out of the sandbox came to. */
export type SandboxExam =
  | { kind: "trouble"; why: string; repair: string }
  | { kind: "tried"; driver: string; count: number; open: OpenProbes[]; untried: UntriedProbes[] };

/** What is wrong with the settings, each problem with its repair; `isSet` is false before the App is registered. */
export type SettingsExam = {
  isSet: boolean;
  problems: string[];
  /** A process that only receives starts no agent. */
  role: "all" | "web" | "worker";
  sandbox: "auto" | "bwrap" | "none";
  concurrency: number;
  /** Where this server says that others reach it. */
  publicUrl: string | undefined;
  /** The agents that work where nobody names another. */
  agents: string[];
};

/** The directory in which the service keeps its work. `blocked` says why it cannot be used; sizes in bytes. */
export type DataExam = {
  directory: string;
  blocked: string | undefined;
  freeBytes: number;
  /** Whether it lies in memory, and is gone when the machine is. */
  isInMemory: boolean;
};

/** The store and what of its settings would lose something; `blocked` where it could not be reached. */
export type StoreExam =
  | { kind: "blocked"; engine: string; why: string; repair: string }
  | { kind: "reached"; engine: string; note: string; faults: StoreFault[] };

/** Where artefacts are kept, and what keeps the bucket from being used. */
export type ArtefactsExam =
  | { kind: "directory" | "bucket"; place: string }
  | { kind: "blocked"; place: string; why: string; repair: string };

/** An agent's program. `tried` is the version that Drafthorse was tried with; null is not known. */
export type AgentExam = {
  name: string;
  program: string;
  problem: { why: string; repair: string } | undefined;
  version: string | null;
  tried: string | null;
};

/** What one real prompt came to. `line` says what the agent did, `why` what was in its way. */
export type PromptExam = { name: string; line: string } | { name: string; why: string };

/**
 * One way out of this machine that the App needs, and what is in its way. `aheadMs`: by how much our clock is ahead of the time
 * that was told there, in milliseconds; null where none was told.
 */
export type WayExam = {
  name: string;
  url: string;
  proxy: string | null;
  blocked: { why: string; repair: string } | null;
  aheadMs: number | null;
};

/** A host that set-up reaches from inside the sandbox, over our own proxy; null: it does. */
export type EgressExam = { host: string; blocked: string | null };

/** What an App may do, by GitHub's names of permissions. */
export type GrantedPermissions = Readonly<Record<string, string>>;

/** What Drafthorse asks GitHub for, as `app.yml` has it. */
export type AppManifest = { permissions: GrantedPermissions; events: string[] };

/** The App as it is registered. `page` is its settings page. */
export type RegisteredAppFacts = AppManifest & {
  id: number;
  slug: string;
  page: string;
  installPage: string;
};

/** The App's webhook. GitHub shows whether there is a secret, and not which. */
export type HookFacts = { url: string; isJson: boolean; checksTls: boolean; hasSecret: boolean };

/** The App on one account; `page` is where its owner changes it. */
export type InstallationFacts = {
  account: string;
  isSuspended: boolean;
  permissions: GrantedPermissions;
  page: string;
};

/** What GitHub knows of the App, each asked once. */
export type AppRegistration = {
  hook(): Promise<HookFacts>;
  installations(): Promise<InstallationFacts[]>;
  /** The newest tries of deliveries, the newest first; at most 100. */
  deliveries(): Promise<DeliveryTry[]>;
  /** Asks for the newest delivery again, and waits for what comes of it; undefined where none came in time. */
  ping(newest: DeliveryTry): Promise<DeliveryTry | undefined>;
};

/** How far one comes with the App's credentials. */
export type AppAccess =
  | { kind: "absent"; why: string }
  | { kind: "refused"; status: number | undefined; why: string }
  | { kind: "known"; app: RegisteredAppFacts; registration: AppRegistration };

/** A fault that GitHub finds in a CODEOWNERS file. */
export type CodeownersFault = { path: string; line: number; message: string };

/** A repository on GitHub, as the App sees it. */
export type ExaminedRepository = {
  repository: Repository;
  isArchived: boolean;
  hasIssues: boolean;
  files: Files;
  protection: BranchProtection;
  policies: Pick<Policies, "read">;
  /** The names of what lies in a folder of the default branch; empty where there is none. */
  list(folder: string): Promise<string[]>;
  hasLabel(name: string): Promise<boolean>;
  /** Undefined where there is no CODEOWNERS. */
  codeowners(): Promise<CodeownersFault[] | undefined>;
};

/** How far one comes with a repository; `unasked`: nobody named one. */
export type RepositoryAccess =
  | { kind: "unasked" }
  | { kind: "absent"; why: string }
  | { kind: "uninstalled"; at: string; installPage: string }
  | { kind: "known"; examined: ExaminedRepository };

/** What set-up and a command came to on the base; null: nobody asked for it. */
export type TrialExam = { isGreen: boolean; line: string } | { why: string } | null;

/** All that the checks of `doctor` ask of the world. Each asks at most once for the same fact, and waits a bounded time. */
export type DoctorPorts = {
  readonly system: System;
  /** The version that runs, and the range of versions that `package.json` wants. */
  readonly node: { version: string; wanted: string };
  readonly settings: SettingsExam;
  readonly manifest: AppManifest;
  /** The files with certificates that the environment names and that are not there, each with its variable. */
  readonly missingAuthorities: { variable: string; file: string }[];
  /** The version of git; undefined where there is none. */
  git(): Promise<string | undefined>;
  sandbox(): Promise<SandboxExam>;
  data(): Promise<DataExam>;
  store(): Promise<StoreExam>;
  artefacts(): Promise<ArtefactsExam>;
  agents(): Promise<AgentExam[]>;
  ways(): Promise<WayExam[]>;
  egress(): Promise<EgressExam[]>;
  app(): Promise<AppAccess>;
  /** Whether a delivery may be asked for again. */
  readonly mayPing: boolean;
  repository(): Promise<RepositoryAccess>;
  /** One prompt to each usual agent; null: nobody asked for it. */
  prompt(): Promise<PromptExam[] | null>;
  trial(): Promise<TrialExam>;
};
