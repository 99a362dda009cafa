import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { assembleFilter } from "../../../src/adapters/sandbox/assemble-filter.ts";
import type { CallError, processors, RefusedCall } from "../../../src/adapters/sandbox/syscall-table.ts";
import { testDirectory } from "../../support/test-directory.ts";

/** Machines that differ from this one, each made of this one: what `doctor` says on them. */
const main = join(import.meta.dirname, "../../../src/cli/main.js");
const directory = testDirectory();
const processor = process.arch as keyof typeof processors;

const isRoot = process.getuid?.() === 0;
const mayMount = isRoot && spawnSync("unshare", ["-m", "--", "true"]).status === 0;
const mayNest = spawnSync("bwrap", ["--dev-bind", "/", "/", "--unshare-user", "true"]).status === 0;

/** What starts a command on a machine, and what this one must allow for that. */
type Machine = { launcher: string[]; missing: string | undefined };

const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
const asRoot = (launcher: string[]): Machine => ({
  launcher,
  missing: isRoot ? undefined : "this needs root",
});
/** In a mount namespace of its own, after a script. */
const mounted = (script: string, { flags = "-m", user = [] as string[] } = {}): Machine => ({
  launcher: ["unshare", flags, "--", "sh", "-ec", `${script}\nexec "$@"`, "sh", ...user],
  missing: mayMount ? undefined : "this needs root with CAP_SYS_ADMIN",
});
const checkout = resolve(import.meta.dirname, "../../../..");
/** Another `/tmp`, below which this checkout is still to be seen where it lies there. */
const otherTmp = (options: string): Machine => {
  const cover = `mount -t tmpfs -o ${options},mode=1777 none /tmp`;
  const kept = `mount --bind '${checkout}' /mnt; ${cover}; mkdir -p '${checkout}'; mount --bind /mnt '${checkout}'`;
  return mounted(checkout.startsWith("/tmp/") ? kept : cover);
};
const ownProc = { flags: "-mpf" };
const freshProc = "mount -t proc proc /proc";

/** On a kernel that answers calls as a table says. */
function answering(name: string, user: string[] = []): Machine {
  const nest = ["bwrap", "--dev-bind", "/", "/", "--cap-add", "ALL", "--seccomp", "9"];
  const launcher = ["sh", "-c", `exec "$@" 9<'${join(directory, name)}'`, "sh", ...nest, ...user];
  return { launcher, missing: isRoot ? undefined : "this needs root" };
}

type Numbers = [call: string, x64: number, arm64: number];
const always = (answer: CallError, calls: Numbers[]): RefusedCall[] =>
  calls.map(([call, x64, arm64]) => ({ call, x64, arm64, answer, where: [] }));
const where = (answer: CallError, [call, x64, arm64]: Numbers, place: RefusedCall["where"]): RefusedCall => {
  return { call, x64, arm64, answer, where: place };
};
const namespaces = 0x7e020000 | 0;

/** What the kernels of other machines do not have, and what container engines refuse. */
const filters: Record<string, RefusedCall[]> = {
  "old kernel": always("ENOSYS", [
    ["pidfd_open", 434, 434],
    ["pidfd_getfd", 438, 438],
    ["openat2", 437, 437],
    ["close_range", 436, 436],
    ["clone3", 435, 435],
    ["io_uring_setup", 425, 425],
    ["io_uring_enter", 426, 426],
    ["io_uring_register", 427, 427],
    ["landlock_create_ruleset", 444, 444],
    ["memfd_secret", 447, 447],
    ["memfd_create", 319, 279],
    ["open_tree", 428, 428],
    ["move_mount", 429, 429],
    ["fsopen", 430, 430],
    ["fsmount", 432, 432],
    ["mount_setattr", 442, 442],
    ["process_madvise", 440, 440],
    ["statx", 332, 291],
    ["faccessat2", 439, 439],
    ["copy_file_range", 326, 285],
    ["bpf", 321, 280],
    ["userfaultfd", 323, 282],
    ["kcmp", 312, 272],
    ["keyctl", 250, 219],
    ["add_key", 248, 217],
    ["request_key", 249, 218],
    ["perf_event_open", 298, 241],
    ["kexec_file_load", 320, 294],
    ["finit_module", 313, 273],
    ["shmget", 29, 194],
    ["swapon", 167, 224],
    ["acct", 163, 89],
    ["vmsplice", 278, 75],
    ["fanotify_init", 300, 262],
    ["process_vm_readv", 310, 270],
    ["process_vm_writev", 311, 271],
  ]),
  "no seccomp": [
    ...always("ENOSYS", [["seccomp", 317, 277]]),
    where("EINVAL", ["prctl", 157, 167], [{ argument: 0, when: "any of", values: [22] }]),
  ],
  docker: [
    ...always("ENOSYS", [["clone3", 435, 435]]),
    where("EPERM", ["unshare", 272, 97], [{ argument: 0, when: "has bit", values: [namespaces] }]),
    where("EPERM", ["clone", 56, 220], [{ argument: 0, when: "has bit", values: [namespaces] }]),
    ...always("EPERM", [
      ["mount", 165, 40],
      ["umount2", 166, 39],
      ["pivot_root", 155, 41],
      ["setns", 308, 268],
    ]),
  ],
};

const bwrap = realpathSync(spawnSync("sh", ["-c", "command -v bwrap"]).stdout.toString().trim());

beforeAll(() => {
  for (const [name, table] of Object.entries(filters))
    writeFileSync(join(directory, name), assembleFilter(table, processor));
  copyFileSync(bwrap, join(directory, "setuid-bwrap"));
  chmodSync(join(directory, "setuid-bwrap"), 0o4755);
  chmodSync(directory, 0o755);
  mkdirSync(join(directory, "small"));
});

async function doctor({ launcher }: Machine): Promise<{ status: number | undefined; said: string }> {
  const env = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", NO_COLOR: "1" };
  const [file = "", ...argv] = [...launcher, process.execPath, main, "doctor", "sandbox"];
  const ended = await execa(file, argv, { env, extendEnv: false, reject: false, all: true, cwd: "/" });
  return { status: ended.exitCode, said: ended.all };
}

/** A row for a machine, skipped by name where this one cannot stand in for it. */
function row(name: string, machine: Machine, check: (machine: Machine) => Promise<void>): void {
  if (machine.missing === undefined) test(name, () => check(machine));
  else test.skip(`${name} (not simulated: ${machine.missing})`, () => undefined);
}

const cgroups = (layout: string) =>
  mounted(`mount -t tmpfs none /sys/fs/cgroup; cd /sys/fs/cgroup; ${layout}; cd /`);
const readOnly = "mount --bind /proc/sys /proc/sys; mount -o remount,ro,bind /proc/sys";
const dockerRights = ["setpriv", "--bounding-set=-sys_resource", "--inh-caps=-sys_resource"];

describe("all probes are closed", () => {
  const machines: [string, Machine][] = [
    ["a kernel that lacks 36 newer or optional calls", answering("old kernel")],
    ["a read-only /proc/sys", mounted(readOnly)],
    ["cgroup v1", cgroups("mkdir cpu memory pids unified")],
    ["cgroup v2", cgroups("echo cpu memory pids >cgroup.controllers")],
    ["no cgroups, and nothing else in /sys", mounted("mount -t tmpfs none /sys")],
    ["IPv6 switched off", mounted("echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6", { flags: "-mn" })],
    ["a network without any address", mounted("", { flags: "-mn" })],
    ["a /dev/shm that takes no files", mounted("mount -t tmpfs -o ro none /dev/shm")],
    ["a /tmp from which no program may run", otherTmp("noexec")],
    [
      "a /proc that hides the processes of others",
      mounted(`${freshProc} -o hidepid=2`, { ...ownProc, user: nobody }),
    ],
    ["an ordinary user", asRoot(nobody)],
    [
      "a umask that hides files from others",
      { launcher: ["sh", "-c", 'umask 077; exec "$@"', "sh"], missing: undefined },
    ],
    ["an ordinary user who may have no memory dumps", asRoot([...nobody, "prlimit", "--core=0:0", "--"])],
    [
      "an ordinary user with few files, processes and bytes",
      asRoot([
        ...nobody,
        "prlimit",
        "--nofile=1024:4096",
        "--nproc=3000:3000",
        "--fsize=4294967296:4294967296",
        "--",
      ]),
    ],
    [
      "a root who may not raise limits",
      asRoot([...dockerRights, "prlimit", "--core=0:0", "--nofile=1024:4096", "--"]),
    ],
  ];
  for (const [name, machine] of machines)
    row(name, machine, async (on) => {
      const { status, said } = await doctor(on);

      expect({ status, said }).toEqual({
        status: 0,
        said: expect.stringMatching(/all 1\d\d probes are closed\nNothing is wrong\.$/),
      });
    });
});

describe("there is no sandbox, and two lines say what is wrong and how to mend it", () => {
  const nested = ["bwrap", "--dev-bind", "/", "/", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"];
  const machines: [string, Machine, RegExp][] = [
    [
      "a kernel without seccomp",
      answering("no seccomp"),
      /PR_SET_SECCOMP.+Run a kernel with CONFIG_SECCOMP_FILTER/,
    ],
    [
      "Docker's default profile, as root",
      answering("docker"),
      /namespace.+--security-opt seccomp=unconfined/,
    ],
    ["Docker's default profile", answering("docker", nobody), /namespace.+--security-opt seccomp=unconfined/],
    [
      "a root without CAP_SYS_ADMIN",
      asRoot(["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin"]),
      /namespace failed: Operation not permitted\. .*(?:CAP_SYS_ADMIN|--security-opt)/,
    ],
    [
      "no user namespaces left",
      { launcher: [...nested, "--uid", "1000"], missing: mayNest ? undefined : "this needs user namespaces" },
      /sysctl -w user\.max_user_namespaces=/,
    ],
    [
      "a /proc of which parts are covered",
      mounted(`${freshProc}; ${readOnly}`, { ...ownProc, user: nobody }),
      /mount proc.+systempaths=unconfined/,
    ],
    ["a /proc without /proc/sys", mounted("mount -t tmpfs none /proc/sys"), /\/proc\/sys.+a whole \/proc/],
    [
      "a bubblewrap with the setuid bit",
      mounted(`mount --bind '${join(directory, "setuid-bwrap")}' '${bwrap}'`, { user: nobody }),
      /setuid mode.+chmod u-s/,
    ],
    ["no bubblewrap", mounted(`mount --bind /dev/null '${bwrap}'`), /not installed\. Install it/],
    ["a /tmp without room", otherTmp("size=64k"), /almost no room\. Set TMPDIR/],
    [
      "a TMPDIR that is not there",
      { launcher: ["env", "TMPDIR=/nowhere"], missing: undefined },
      /\/nowhere does not exist\. Set TMPDIR/,
    ],
  ];
  for (const [name, machine, sentence] of machines)
    row(name, machine, async (on) => {
      const { status, said } = await doctor(on);

      const together = said.replace(/\n +→ /g, ". ");
      expect({ status, together }).toEqual({ status: 1, together: expect.stringMatching(sentence) });
      expect(said).toMatch(
        /^This machine\n {2}✗ sandbox +there is no sandbox: .+\n +→ .+\n1 thing is wrong\.$/,
      );
      expect(said).not.toMatch(/ENOENT|EACCES|ENOSPC: |\bat .+:\d+:\d+/);
    });
});
