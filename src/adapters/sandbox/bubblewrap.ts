import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Confined } from "../../ports/workshop.ts";
import { hostView } from "./host-view.ts";
import { DEFAULT_PATH, type Driver, type Launch } from "./launch.ts";

/** The user that a command is inside; not 0, since agents refuse to run as root. */
const UID = "1000";
const PASSWD = `agent:x:${UID}:${UID}:agent:/home/agent:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n`;
const GROUP = `agent:x:${UID}:\nnogroup:x:65534:\n`;

/** `/tmp` and `/home` live in memory, so a command that fills them must meet an end before the machine does. */
const TMPFS_BYTES = String(1024 * 1024 * 1024);

/**
 * Bounds of one process. RLIMIT_NPROC counts threads, hence 512 processes of 8 threads; it is set inside, where the
 * kernel counts the sandbox's user alone. No RLIMIT_AS: below 16 GiB it breaks WebAssembly in Node.
 */
const LIMITS = ["--nproc=4096", "--nofile=16384", "--core=0", `--fsize=${10 * 1024 * 1024 * 1024}`];

/** Descriptors of the child: its arguments come over one so that no value of the environment shows in `ps`. */
const [STATUS_FD, ARGUMENTS_FD, PASSWD_FD, GROUP_FD] = ["3", "4", "5", "6"];

/** Starts commands in bubblewrap with a minimal root and namespaces of their own. `help` is bwrap's own. */
export function bubblewrap(help: string): Driver {
  const view = hostView();
  const limiter = existsSync("/usr/bin/prlimit") ? ["/usr/bin/prlimit", ...LIMITS, "--"] : [];

  const fixed = [
    ...namespaces(help),
    ...view.system,
    ...[...sized(help), "--tmpfs", "/tmp", ...sized(help), "--tmpfs", "/home"],
    ...["--dir", "/home/agent", "--proc", "/proc", ...view.processFiles, "--dev", "/dev"],
    ...["--ro-bind-data", PASSWD_FD, "/etc/passwd", "--ro-bind-data", GROUP_FD, "/etc/group"],
    ...view.node.flatMap((path) => ["--ro-bind", path, path]),
  ];

  return {
    kind: "bwrap",
    visible: ({ readable, writable }) => [...view.visible, ...readable, ...writable],
    launch: (command) => start(command, { fixed: [...fixed, ...bindings(command)], limiter }),
  };
}

function start(command: Confined, made: { fixed: string[]; limiter: string[] }): Launch {
  const { directory, environment } = command;
  const defaults = {
    PATH: DEFAULT_PATH,
    HOME: "/home/agent",
    LANG: "C.UTF-8",
  };
  const variables = Object.entries({ ...defaults, ...environment });
  const rest = [
    ...(command.network === "host"
      ? ["--share-net", "--ro-bind-try", "/etc/resolv.conf", "/etc/resolv.conf"]
      : []),
    ...["--remount-ro", "/", "--chdir", directory, "--clearenv"],
    ...variables.flatMap(([name, value]) => ["--setenv", name, value]),
  ];
  return {
    file: "bwrap",
    argv: ["--args", ARGUMENTS_FD, "--json-status-fd", STATUS_FD, "--", ...made.limiter, ...command.argv],
    directory: "/",
    environment: { PATH: DEFAULT_PATH },
    feeds: [`${[...made.fixed, ...rest].join("\0")}\0`, PASSWD, GROUP],
  };
}

function namespaces(help: string): string[] {
  return [
    ...["--unshare-all", "--unshare-user", "--uid", UID, "--gid", UID, "--cap-drop", "ALL"],
    ...(help.includes("--disable-userns") ? ["--disable-userns"] : []),
    ...["--die-with-parent", "--new-session", "--hostname", "sandbox"],
  ];
}

function sized(help: string): string[] {
  return help.includes("--size") ? ["--size", TMPFS_BYTES] : [];
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
    .toSorted((a, b) => join(a.path).length - join(b.path).length)
    .flatMap(({ how, path }) => [how, path, path]);
}
