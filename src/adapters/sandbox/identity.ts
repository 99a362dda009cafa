import { existsSync, readFileSync } from "node:fs";
import type { Confined } from "../../ports/workshop.ts";
import { handOver } from "./hand-over.ts";
import type { NoWall } from "./sandbox-refusal.ts";
import { slotOf, slotsIn } from "./slot-user.ts";

/** Who a command is, inside and to the kernel. */
export type SandboxUser = {
  user: number;
  /** bwrap's arguments that make it so, and the programs that do the rest once the walls stand. */
  namespaces: string[];
  programs: string[];
  /** Gives it what it may write. */
  take(command: Confined): Promise<void>;
};

/** Chooses who each command is, or says what is missing for that. */
export function identities(help: string): ((command: Confined) => SandboxUser) | NoWall {
  if (process.getuid?.() !== 0) return () => disguised(help);
  const slots = slotsIn(readFileSync("/proc/self/uid_map", "utf8"));
  if (!slots) return () => disguised(help);
  if (!existsSync("/usr/bin/setpriv"))
    return {
      why: "setpriv is not installed, without which root cannot become another user",
      repair: "Install it, as in `apt-get install util-linux`.",
    };
  return (command) => slotted(slotOf(command.directory, slots));
}

/**
 * An ordinary user stays that user to the kernel, in a user namespace of its own in which it is somebody else; not 0,
 * since agents refuse to run as root.
 */
function disguised(help: string): SandboxUser {
  const closed = help.includes("--disable-userns") ? ["--disable-userns"] : [];
  return {
    user: 1000,
    namespaces: [
      "--unshare-all",
      "--unshare-user",
      "--uid",
      "1000",
      "--gid",
      "1000",
      "--cap-drop",
      "ALL",
      ...closed,
    ],
    programs: [],
    take: async () => undefined,
  };
}

/**
 * Root becomes a user of the machine that owns nothing else. The walls are made by the real root, so that paths below
 * a directory that only root may enter can be shown; the capabilities kept for a moment are those that `setpriv` needs
 * to give all of them up. See docs/adr/0010.
 */
function slotted(user: number): SandboxUser {
  // Without the fourth bwrap could not go to a directory that is closed to all but the new user.
  const kept = ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_DAC_READ_SEARCH"].flatMap((name) => [
    "--cap-add",
    name,
  ]);
  return {
    user,
    namespaces: [
      ...["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"],
      ...["--cap-drop", "ALL", ...kept],
    ],
    programs: [
      ...["/usr/bin/setpriv", "--reuid", String(user), "--regid", String(user), "--clear-groups"],
      ...["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"],
    ],
    take: (command) => handOver(command, user),
  };
}
