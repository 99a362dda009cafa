import type {
  Base,
  Change,
  ChangedFile,
  FileText,
  ObjectId,
  Patch,
  Submodule,
} from "../domain/evidence/change.ts";
import type { AgentReport } from "../domain/evidence/evidence.ts";
import type { Exit } from "../domain/evidence/exit.ts";
import type { Registries } from "../domain/host/registries.ts";
import type { TreeBounds } from "../domain/rules/limits.ts";
import type { ChangeAddress } from "../domain/task/change-address.ts";
import type { AgentUpdate } from "../domain/task/live-event.ts";
import type { Repository } from "../domain/task/task.ts";

/**
 * A directory with the files of a base, ready for an agent, and a home beside it; both go when it is closed. What runs
 * in it must also be shown `readable`: the objects that its git dir borrows. `programs` are found by name in these folders.
 */
export type Worktree = { directory: string; home: string; readable: string[]; programs?: string[] };

/** A clean checkout; what runs in it must be shown `readable` too: the objects that its repository borrows. */
export type CleanCheckout = { directory: string; readable: string[] };

/** Git on this machine. The agent's git dir is never run by the host; `key` is an attempt's key. */
export type Worktrees = {
  /** Fetches one branch, or one commit, into the repository's mirror. `missing` if the remote has no such ref. */
  fetch(repository: Repository, ref: string): Promise<Base | "missing">;
  /**
   * Fetches the submodules of a base, which are then in every checkout of its trees. What cannot be fetched does not reject:
   * it says why. MUST send no token, and read nothing of `.gitmodules` as configuration.
   */
  submodules(repository: Repository, base: Base): Promise<Submodule[]>;
  /**
   * Makes the worktree of an attempt, or finds it as it was left. `notes` are files for the agent (path → text),
   * written below the worktree and never part of the change.
   */
  open(order: {
    repository: Repository;
    base: Base;
    key: string;
    notes: Record<string, string>;
    /** Further paths that are never part of the change, such as what set-up made. */
    excluded?: string[];
    /** What the leg before left: a worktree that lacks it, as on another machine, is made anew and begins with it. */
    left?: Change | undefined;
  }): Promise<Worktree>;
  /** Reads the worktree as a tree, in a sandbox and with a fresh index; its new objects are written as a pack. */
  capture(order: { repository: Repository; base: Base; key: string; pack: string }): Promise<Change>;
  /**
   * A clean checkout of a tree of the base or of the change, in a directory of its own that `close` removes. It MUST have a
   * repository whose HEAD has that very tree on top of the base's history, in which nothing is that runs anything.
   * `elsewhere`: in a directory with another path and another depth than those of the other checkouts.
   */
  export(order: {
    repository: Repository;
    change: Change;
    key: string;
    tree: ObjectId;
    elsewhere?: boolean;
  }): Promise<CleanCheckout>;
  /** Removes whatever the attempt left on the disk, except artefacts. */
  close(key: string): Promise<void>;
};

/** The files of a commit that was fetched, from the mirror's objects alone. */
export type BaseFiles = {
  /** Those of the paths at which the base has a file or a folder. */
  find(repository: Repository, base: Base, paths: string[]): Promise<Set<string>>;
  /** The paths of the files in a folder, none of those below it; nothing where there is no such folder. */
  list(repository: Repository, base: Base, folder: string): Promise<string[]>;
  /** The text of a file, or undefined where there is none or one beyond 1 MiB; no link is followed. */
  read(repository: Repository, base: Base, path: string): Promise<string | undefined>;
};

/** The objects of a change, from the mirror and its pack. */
export type Objects = {
  blob(at: ChangeAddress, id: ObjectId): Promise<Uint8Array>;
  /** The files that differ between two trees, with lines and moves; both must be known to the mirror or the pack. */
  compare(at: ChangeAddress, trees: { before: ObjectId; after: ObjectId }): Promise<ChangedFile[]>;
  /** The tree that is `before` but for `paths`, which are as in `after`; writes it beside the change's objects. */
  compose(
    at: ChangeAddress,
    parts: { before: ObjectId; after: ObjectId; paths: string[] },
  ): Promise<ObjectId>;
  /** The tree in which plain files of `tree` have other texts; writes it beside the change's objects. MUST reject for any other path. */
  edit(at: ChangeAddress, order: { tree: ObjectId; texts: ReadonlyMap<string, string> }): Promise<ObjectId>;
  /**
   * Lays the change on a newer base in memory, without a checkout: the paths at which the two contradict each other, and
   * where there are none and a `pack` is named, the change on that base under that pack. MUST read objects alone.
   */
  merge(
    at: ChangeAddress,
    order: { onto: Base; pack?: string },
  ): Promise<{ conflicts: string[]; change?: Change }>;
  /** The plain files of a tree whose paths are wanted; submodules are not entered. */
  list(
    at: ChangeAddress,
    tree: ObjectId,
    isWanted: (path: string) => boolean,
  ): Promise<{ path: string; id: ObjectId }[]>;
  /** Reads changed files one after the other, in their order: never more than a few are in memory. */
  texts(at: ChangeAddress, files: ChangedFile[]): AsyncIterable<FileText>;
  /**
   * The change with some of its paths as in its base, under a pack of its own; what was done to the `offered` ones is
   * written as a patch. MUST reject if any other path would be changed by that.
   */
  trim(
    at: ChangeAddress,
    order: { paths: string[]; offered: string[]; pack: string; patch: string },
  ): Promise<{ change: Change; patch: Patch | null }>;
};

/** A command for the sandbox: paths are the host's and are the same inside; the environment is all that it gets. */
export type Confined = {
  argv: string[];
  directory: string;
  writable: string[];
  readable: string[];
  environment: Record<string, string>;
  /**
   * Whether the programs in `.local/bin` of its HOME, where a set-up may install some, are found before the machine's or
   * after them; absent: not at all.
   */
  installed?: "first" | "last";
  /** Folders in which a set-up has made programs too. */
  programs?: string[];
  /** A list names the only hosts that it reaches, each `host` or `host:port`, over a proxy of ours. */
  network: "none" | "host" | string[];
  /** Further hosts from which it only reads: `GET` and `HEAD` are passed on. Nothing beside the network of the host. */
  reads?: string[];
  /**
   * Unix sockets of the host that the command may connect to, at the same path. One that others may not write to is
   * given to the command's user where that is not ours; so a socket shown to several attempts at once MUST have mode
   * 0666, in a directory that only the worker can enter.
   */
  sockets?: string[];
};

/** The bounds of one process tree: in time, and in what it holds; what is not given of the latter is the default. */
export type Bounds = { totalMs: number; silenceMs: number } & Partial<TreeBounds>;

/** A bound that a process tree met by what it held. */
export type TreeBound = "memory" | "processes" | "disk";

/**
 * A running confined process for a protocol over stdio. `ended` never rejects; `met` is the bound for which the tree
 * was killed. `stop` kills the whole tree.
 */
export type Dialogue = {
  input: NodeJS.WritableStream;
  output: NodeJS.ReadableStream;
  ended: Promise<{
    exitCode: number | null;
    signal: string | null;
    stderrTail: string;
    met?: TreeBound | undefined;
  }>;
  stop(): Promise<void>;
};

/** A part of a log that several runs write one after the other. */
export type LogPart = { title: string; added: boolean };

export type Sandbox = {
  /** What stands between a command and the host: shown in every evidence. */
  readonly kind: "bwrap" | "none";
  /**
   * Runs a command to its end within bounds; its whole output goes to `log`, memory stays bounded. Never rejects. With
   * `part` the output is one part of a log: its title stands before it, and `added` keeps what the log holds already.
   * The record of the exit is then of the whole log.
   */
  run(
    order: { command: Confined; bounds: Bounds; log: string; part?: LogPart },
    signal: AbortSignal,
  ): Promise<Exit>;
  /** Starts a command that is spoken to; rejects with an `agent-unavailable` failure if it cannot be started. */
  talk(command: Confined, bounds?: Partial<TreeBounds>): Promise<Dialogue>;
};

/** A file below a checkout, with its size in bytes. */
export type LeftFile = { path: string; bytes: number };

/** Such files; `whole` is false where there are more than were listed. */
export type LeftFiles = { files: LeftFile[]; whole: boolean };

/** What test runners write into their checkout, in text that the code under test may have chosen. Nothing here rejects. */
export type TestReports = {
  /** The XML, TAP and LCOV files of a checkout. MUST follow no link, and name nothing but plain files. */
  list(directory: string): Promise<LeftFiles>;
  /**
   * Reads such files one after the other once nothing runs there, each in pieces between which others get their turn;
   * none where they are not as they were listed.
   */
  read(directory: string, files: LeftFile[]): AsyncIterable<{ path: string; bytes: Uint8Array }>;
};

/** A conversation with an agent, by which it can be taken up again. `id` is the agent's own word for it. */
export type AgentSession = { agent: string; id: string };

/** What an agent is told: the whole task where it begins anew, less where it still knows the task. */
export type AgentPrompt = { anew: string; resumed: string; wrapUp: string };

/** The turns of an attempt: how many requests to its model it may make, and how many its earlier legs are known to have made. */
export type TurnBound = { limit: number; used: number };

/** The bounds of one leg: those of a process tree, the turns, and what it may cost; null where nobody set that. */
export type AgentBounds = Bounds & { usd: number | null; turns: TurnBound };

/** The work that an agent is given. `taskFile` is the path of the task's text below the worktree. */
export type AgentOrder = {
  /** The names of the agents that may do it, the first first; none: the operator's own order. */
  agents: string[];
  worktree: Worktree;
  taskFile: string;
  prompt: AgentPrompt;
  /** The conversation to go on with; null where there was none. */
  session: AgentSession | null;
  bounds: AgentBounds;
  /** Where the agent may read packages from; absent: nowhere. */
  registries?: Registries;
  /** Whether a person set the money, so that an agent whose cost nobody can tell MUST be refused. */
  isMetered: boolean;
  note: (update: AgentUpdate) => void;
  /** Told what this leg has cost so far, in US dollars, as often as that becomes known. */
  spent?: (usd: number) => void;
  /** Told of a conversation before its first prompt; what it throws ends the work. */
  opened: (session: AgentSession) => Promise<void>;
};

export type Agent = {
  /**
   * Looks whether the program of one of these agents is there; none: of the operator's own. MUST reject with an
   * `agent-unavailable` failure that names each that is not and how it is installed, and MUST start nothing.
   */
  find(agents: string[]): Promise<void>;
  /**
   * One leg: works until the agent ends, is cancelled or meets a bound, and its whole process tree is dead when this
   * resolves, so that nothing writes while the worktree is read. With a `session` it goes on with that conversation
   * where the agent can, else it MUST begin anew on the worktree as it was left. At 80 % of time, cost or turns the agent is
   * told once to wrap up. MUST reject with an `agent-unavailable` failure where no agent of the order can be started
   * or all are out of quota, log-in or capacity; what was edited until then stays.
   */
  work(order: AgentOrder, signal: AbortSignal): Promise<AgentReport>;
};
