import { expect, test } from "@jest/globals";
import { type HostSettings, repairForRefusal } from "../../../src/adapters/sandbox/explain-refusal.ts";

const plain: HostSettings = { isRoot: false, isContainer: false, apparmor: "", clone: "", most: "15000" };

/** Words of bubblewrap 0.5 to 0.11 as machines showed them. */
test.each<[string, Partial<HostSettings>, RegExp]>([
  [
    "bwrap: setting up uid map: Permission denied",
    { apparmor: "1" },
    /AppArmor.+`sysctl -w kernel\.apparmor_/,
  ],
  ["bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted", { apparmor: "1" }, /AppArmor.+profile/],
  [
    "bwrap: No permissions to create new namespace, likely because …",
    { clone: "0" },
    /unprivileged_userns_clone=1/,
  ],
  ["bwrap: No permissions to create a new namespace, likely because …", { apparmor: "1" }, /AppArmor/],
  [
    "bwrap: No permissions to create new namespace, likely because …",
    { isContainer: true },
    /seccomp=unconfined/,
  ],
  [
    "bwrap: No permissions to create new namespace, likely because …",
    {},
    /Let ordinary users make user namespaces/,
  ],
  ["bwrap: Creating new namespace failed: Operation not permitted", { isRoot: true }, /CAP_SYS_ADMIN/],
  [
    "bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded (ENOSPC)",
    {},
    /user\.max_user_namespaces/,
  ],
  [
    "bwrap: Creating new namespace failed, likely because the kernel does not support user namespaces.  bwrap must be installed setuid on such systems.",
    {},
    /CONFIG_USER_NS/,
  ],
  [
    "bwrap: Can't mount proc on /newroot/proc: Operation not permitted",
    {},
    /systempaths=unconfined.+unmask=ALL/,
  ],
  ["bwrap: Failed to make / slave: Permission denied", {}, /apparmor=unconfined/],
  ["bwrap: Failed to mount tmpfs: Permission denied", {}, /forbids mounts/],
  ["bwrap: prctl(PR_SET_SECCOMP): Invalid argument", {}, /CONFIG_SECCOMP_FILTER/],
  ["bwrap: The --size option is not permitted in setuid mode", {}, /chmod u-s/],
  ["bwrap: Unexpected capabilities but not setuid, old file caps config?", {}, /AmbientCapabilities/],
  ["bwrap: Can't read /proc/sys/kernel/overflowuid: No such file or directory", {}, /whole \/proc/],
  ["bwrap: Unknown option --remount-ro", {}, /bubblewrap 0\.8 or newer/],
  ["something that nobody has seen", {}, /docs\/sandbox\.md/],
])("%s (%o)", (said, ground, repair) => {
  expect(repairForRefusal(said, { ...plain, ...ground })).toMatch(repair);
});
