import type { TreeBounds } from "../../domain/rules/limits.ts";
import type { Confined } from "../../ports/workshop.ts";
import { assembleFilter } from "./assemble-filter.ts";
import { hostView } from "./host-view.ts";
import { identities, type SandboxUser } from "./identity.ts";
import { type Driver, defaultPath, type Launch, searchPath, workerVariable } from "./launch.ts";
import { type Limiter, openLimiter } from "./limiter.ts";
import { parentDirectories } from "./parent-directories.ts";
import type { NoWall } from "./sandbox-refusal.ts";
import { refusals } from "./syscall-table.ts";
import { ownMark } from "./worker-mark.ts";

/** `/tmp`, `/home` and `/dev/shm` live in memory, so a command that fills them must meet an end before the machine. */
const tmpfsBytes = String(1024 * 1024 * 1024);

/** Descriptors of the child: its arguments come over one so that no value of the environment shows in `ps`. */
const [statusFd, argumentsFd, passwdFd, groupFd, filterFd] = ["3", "4", "5", "6", "7"];

/** The kernel is to choose what runs in a sandbox before anything else of the machine when memory is short. */
const firstToGo = 'echo 1000 2>/dev/null >/proc/self/oom_score_adj; exec "$@"';

/** What is the same for every command of this worker. */
type FixedParts = { fixed: string[]; filter: Buffer; limiter: Limiter };

/** Starts commands in bubblewrap with a minimal root, or says why it cannot be done here. `help` is bwrap's own. */
export function bubblewrap(help: string): Driver | NoWall {
  const { arch } = process;
  if (arch !== "x64" && arch !== "arm64")
    return {
      why: `there is no filter of system calls for ${arch}`,
      repair: "Run it on x64 or arm64.",
    };
  if (!help.includes("--perms"))
    return { why: "bubblewrap is older than 0.5", repair: "Install a newer one." };
  const identify = identities(help);
  if ("why" in identify) return identify;
  const view = hostView();
  const made: FixedParts = {
    fixed: root(help, view),
    filter: assembleFilter(refusals, arch),
    limiter: openLimiter(),
  };
  return {
    kind: "bwrap",
    visible: ({ readable, writable }) => [...view.visible, ...readable, ...writable],
    launch: async (command, bounds) => {
      const identity = identify(command);
      await identity.take(command);
      return launchIn(command, { ...made, identity, bounds });
    },
  };
}

/**
 * The root that all commands see, from an empty one. `/dev` is closed at the end: it is a file system in memory. So is
 * `/proc`: there a process could write the memory of the sandbox's first one, and make itself the last to be ended.
 */
function root(help: string, view: ReturnType<typeof hostView>): string[] {
  const size = help.includes("--size") ? ["--size", tmpfsBytes] : [];
  const open = ["--perms", "1777"];
  return [
    ...["--die-with-parent", "--new-session", "--hostname", "sandbox"],
    ...view.system,
    ...["/tmp", "/home"].flatMap((path) => [...size, ...open, "--tmpfs", path]),
    ...[...open, "--dir", "/home/agent", "--proc", "/proc", ...view.processFiles, "--remount-ro", "/proc"],
    ...["--dev", "/dev", ...size, ...open, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
    ...view.node.flatMap((path) => [...parentDirectories(path), "--ro-bind", path, path]),
  ];
}

function launchIn(
  command: Confined,
  made: FixedParts & { identity: SandboxUser; bounds: TreeBounds },
): Launch {
  const { directory, environment } = command;
  const { LD_PRELOAD: preloaded, ...others } = environment;
  const { identity, fixed, filter, limiter, bounds } = made;
  const variables = Object.entries({
    PATH: searchPath(command),
    HOME: "/home/agent",
    LANG: "C.UTF-8",
    ...others,
  });
  const options = [
    ...identity.namespaces,
    // `--hostname` and its like want their namespaces first.
    ...fixed,
    ...bindings(command),
    ...["--perms", "0644", "--ro-bind-data", passwdFd, "/etc/passwd"],
    ...["--perms", "0644", "--ro-bind-data", groupFd, "/etc/group"],
    ...(command.network === "host"
      ? ["--share-net", "--ro-bind-try", "/etc/resolv.conf", "/etc/resolv.conf"]
      : []),
    ...["--remount-ro", "/", "--chdir", directory, "--seccomp", filterFd, "--clearenv"],
    ...variables.flatMap(([name, value]) => ["--setenv", name, value]),
  ];
  // A library is for the command: what it made as root, in the programs before it, no other user could open.
  const own = preloaded === undefined ? [] : ["/usr/bin/env", `LD_PRELOAD=${preloaded}`];
  const inside = [...identity.programs, ...limiter.inside(bounds), ...own, ...command.argv];
  return {
    file: "/bin/sh",
    argv: [
      "-c",
      firstToGo,
      "sh",
      ...limiter.around,
      "bwrap",
      "--args",
      argumentsFd,
      "--json-status-fd",
      statusFd,
      "--",
      ...inside,
    ],
    directory: "/",
    environment: { PATH: defaultPath, [workerVariable]: ownMark },
    feeds: [`${options.join("\0")}\0`, ...accounts(identity.user), filter],
  };
}

function accounts(user: number): string[] {
  return [
    `agent:x:${user}:${user}:agent:/home/agent:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n`,
    `agent:x:${user}:\nnogroup:x:65534:\n`,
  ];
}

/** Shorter paths first, so that a directory bound inside another is not hidden by it. */
function bindings({ readable, writable, sockets = [] }: Confined): string[] {
  const binds = [
    // A mount that is read-only can be connected through, but the socket can be neither removed nor replaced.
    ...sockets.map((path) => ({ how: "--ro-bind", path })),
    ...readable.filter((path) => !writable.includes(path)).map((path) => ({ how: "--ro-bind", path })),
    ...writable.map((path) => ({ how: "--bind", path })),
  ];
  return binds
    .toSorted((a, b) => a.path.length - b.path.length)
    .flatMap(({ how, path }) => [...parentDirectories(path), how, path, path]);
}
