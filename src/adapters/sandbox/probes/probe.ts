/** What an escape would reach, in the order in which the groups are shown. */
export const probeGroups = [
  "files",
  "environment",
  "proc",
  "other tasks",
  "network",
  "sockets",
  "signals",
  "ptrace",
  "namespaces",
  "mounts",
  "capabilities",
  "devices",
  "kernel interfaces",
  "limits",
] as const;
export type ProbeGroup = (typeof probeGroups)[number];

/** One way of trying, done by `try-probes.ts` inside. Each succeeds where nothing stands in its way. */
export type Escape =
  /** A file is read; with `holding`, only what holds that text counts. */
  | { kind: "read"; path: string; holding?: string }
  | { kind: "list"; path: string }
  /** May it be written? Asked, not done: without a sandbox it would be done. */
  | { kind: "may write"; path: string }
  | { kind: "make file"; path: string }
  /** The path leads to this very file of the host. */
  | { kind: "is host's"; path: string; device: number; inode: number }
  /** The text stands in a file of `/proc` of some other process. */
  | { kind: "scan"; file: "environ" | "cmdline"; holding: string }
  | { kind: "foreign variables"; known: string[] }
  | { kind: "sees process"; pid: number; holding: string }
  | { kind: "open descriptors" }
  | { kind: "tcp"; host: string; port: number }
  | { kind: "udp"; host: string; port: number }
  | { kind: "unix"; path: string }
  /** There is a way to an address; nothing is sent. */
  | { kind: "route"; host: string }
  | { kind: "interfaces" }
  | { kind: "signal"; pid: number; holding: string }
  | { kind: "renice"; pid: number; holding: string }
  /** The namespace is the host's own. */
  | { kind: "namespace"; name: string; host: string }
  | { kind: "status"; field: string; closed: string[] }
  | { kind: "strange devices"; known: string[] }
  | { kind: "mounts without nosuid" }
  | { kind: "limit"; name: string; most: number }
  | { kind: "room"; path: string; most: number }
  | { kind: "hard to kill" }
  /**
   * The system call at this place of the program was answered as if it were allowed; `harmless` are other refusals.
   * `absentBy` are signals by which a kernel tells that it has no such interface.
   */
  | { kind: "system call"; index: number; harmless: number[]; absentBy: number[] };

/** One escape that is tried. `means` says what it would mean if it succeeded. */
export type Probe = { name: string; group: ProbeGroup; means: string; try: Escape };

/** What a try came to: what it reached, null where it was kept out, or why it proves neither and what to do. */
export type Tried = string | null | Untried;
export type Untried = { untried: string; repair: string };

/** Whether a try proved neither. */
export function isUntried(tried: Tried): tried is Untried {
  return typeof tried === "object" && tried !== null;
}

/** A probe without its group. */
export type ProbeRow = [name: string, means: string, tried: Escape];

/** Makes the probes of a group from rows. */
export function probesOf(group: ProbeGroup, rows: ProbeRow[]): Probe[] {
  return rows.map(([name, means, tried]) => ({ name, group, means, try: tried }));
}
