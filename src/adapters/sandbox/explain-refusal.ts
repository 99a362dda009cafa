import { existsSync, readFileSync } from "node:fs";
import { ifThere } from "./if-there.ts";

/** What decides about namespaces on this machine. Settings are the texts of files below `/proc/sys`, "" where there is none. */
export type HostSettings = {
  isRoot: boolean;
  isContainer: boolean;
  /** `kernel.apparmor_restrict_unprivileged_userns`, Ubuntu's. */
  apparmor: string;
  /** `kernel.unprivileged_userns_clone`, Debian's. */
  clone: string;
  /** `user.max_user_namespaces`. */
  most: string;
};

/** Looks at this machine. */
export function groundHere(): HostSettings {
  const setting = (name: string): string =>
    ifThere(() => readFileSync(`/proc/sys/${name}`, "utf8"), "").trim();
  return {
    isRoot: process.getuid?.() === 0,
    isContainer: ["/.dockerenv", "/run/.containerenv"].some((path) => existsSync(path)),
    apparmor: setting("kernel/apparmor_restrict_unprivileged_userns"),
    clone: setting("kernel/unprivileged_userns_clone"),
    most: setting("user/max_user_namespaces"),
  };
}

const guide = "see docs/sandbox.md";
const container = `Give the container \`--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined\`, as docker-compose.yml does (${guide})`;

/** Each word of bubblewrap's with its repair; the first that fits counts. */
const rows: [said: RegExp, where: (ground: HostSettings) => boolean, repair: string][] = [
  [
    /uid map|RTM_NEWADDR|Permission denied|No permissions|not permitted/,
    ({ apparmor, isRoot }) => apparmor === "1" && !isRoot,
    `AppArmor keeps ordinary users from user namespaces: give /usr/bin/bwrap a profile with \`userns\` (${guide}), or run \`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\``,
  ],
  [
    /No permissions|not permitted/,
    ({ clone, isRoot }) => clone === "0" && !isRoot,
    "Run `sysctl -w kernel.unprivileged_userns_clone=1`",
  ],
  [
    /ENOSPC|No space left|max_.*_namespaces/,
    () => true,
    "Run `sysctl -w user.max_user_namespaces=15000`, or start the worker outside of the sandbox that forbids it more namespaces",
  ],
  [
    /does not support user namespaces|creating new namespace failed: Invalid argument/i,
    () => true,
    "Run a kernel with CONFIG_USER_NS, or start the worker as root",
  ],
  [
    /mount proc/,
    () => true,
    `Parts of /proc are covered here, as container engines do. ${container}; with Podman \`--security-opt unmask=ALL\``,
  ],
  [
    /SECCOMP|system call filter/i,
    () => true,
    "Run a kernel with CONFIG_SECCOMP_FILTER; in a container or gVisor, use a runtime that lets programs set filters",
  ],
  [
    /setuid mode/,
    () => true,
    "Take the setuid bit away (`chmod u-s /usr/bin/bwrap`) and let ordinary users make user namespaces",
  ],
  [
    /Unexpected capabilities/,
    () => true,
    "Start the worker as root, or as an ordinary user without capabilities (systemd: without AmbientCapabilities)",
  ],
  [/Unknown option/, () => true, "Install bubblewrap 0.8 or newer"],
  [
    /\/proc\/sys|overflow[ug]id/,
    () => true,
    "Show the worker a whole /proc: mount it without `subset=pid`, with /proc/sys",
  ],
  [/make \/ slave|Failed to mount/, () => true, `Something forbids mounts here. ${container}`],
  [/namespace/, ({ isContainer }) => isContainer, container],
  [
    /namespace/,
    ({ isRoot }) => isRoot,
    `This root may make no namespaces: start the worker with CAP_SYS_ADMIN or as an ordinary user. In a container: ${container}`,
  ],
  [
    /namespace/,
    () => true,
    `Let ordinary users make user namespaces (${guide}), or start the worker as root. In a container: ${container}`,
  ],
];

/** The repair for what bubblewrap said when it refused to start a command here. */
export function repairForRefusal(said: string, ground: HostSettings): string {
  const row = rows.find(([words, where]) => words.test(said) && where(ground));
  return row?.[2] ?? `Look up the words of bubblewrap (${guide})`;
}
