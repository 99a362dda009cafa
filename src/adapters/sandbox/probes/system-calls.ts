import { type Processor, refusals } from "../syscall-table.ts";
import type { ProbeGroup } from "./probe.ts";
import type { SystemCall } from "./syscall-program.ts";

/** A system call that is tried; `harmless` are errors, and `absentBy` signals, that also mean that nothing was reached. */
export type TriedCall = {
  name: string;
  group: ProbeGroup;
  means: string;
  call: SystemCall;
  harmless: number[];
  absentBy?: number[];
};

/** Calls that the filter lets through in general, by their numbers on x64 and arm64. */
const others: Record<string, [x64: number, arm64: number]> = {
  getpid: [39, 172],
  setuid: [105, 146],
  setgroups: [116, 159],
  mknodat: [259, 33],
  setpriority: [141, 140],
  sched_setscheduler: [144, 119],
  pidfd_open: [434, 434],
};

/** An address that nothing can be at: a call that gets as far as reading it was let in, and does no harm. */
const nowhere = 1;
const [noProcess, noDevice, invalid] = [3, 6, 22];
/** The key of no segment of shared memory: none is made. */
const noKey = 0x5eed1ace;
const newUser = 0x10000000;
const unlimited = Buffer.alloc(16, 0xff);

type CallRow = [name: string, call: string, arguments: (number | Buffer)[], harmless?: number[]];

/** The calls to try on this processor; `victim` is a process of the host. Without a sandbox each must do no harm. */
export function systemCalls(processor: Processor, victim: number): TriedCall[] {
  const groups: [ProbeGroup, string, CallRow[]][] = [
    ["ptrace", "the memory or the descriptors of other processes can be reached", tracing(victim)],
    ["namespaces", "new namespaces give capabilities over much code of the kernel", spaces()],
    ["mounts", "the walls of the sandbox can be mounted over", mounting()],
    ["capabilities", "a right of root can be used", rights()],
    ["devices", "a device of the machine, or the worker's terminal, can be used", devices()],
    ["kernel interfaces", "an interface of the kernel with a history of holes can be used", interfaces()],
    ["sockets", "a kind of socket with a history of holes can be opened", families()],
    ["limits", "a limit can be raised again, or evaded", limits()],
  ];
  const rows = groups.flatMap(([group, means, of]) => of.map((row) => ({ group, means, row })));
  const plain = rows.flatMap(({ group, means, row: [name, call, values, harmless = []] }) => {
    const number = callNumber(call, processor);
    return number === null ? [] : [{ name, group, means, harmless, call: { number, arguments: values } }];
  });
  return [...plain, ...(processor === "x64" ? foreign() : [])];
}

function callNumber(call: string, processor: Processor): number | null {
  const refused = refusals.find((refusal) => refusal.call === call);
  if (refused) return refused[processor];
  return others[call]?.[processor === "x64" ? 0 : 1] ?? null;
}

function tracing(victim: number): CallRow[] {
  return [
    ["ptrace: being traced", "ptrace", [0, 0, 0, 0]],
    ["ptrace: seizing a process of the host", "ptrace", [0x4206, victim, 0, 0], [noProcess]],
    ["process_vm_readv", "process_vm_readv", [victim, nowhere, 1, nowhere, 1, 0], [noProcess]],
    ["process_vm_writev", "process_vm_writev", [victim, nowhere, 1, nowhere, 1, 0], [noProcess]],
    ["process_madvise", "process_madvise", [-1, nowhere, 1, 0, 0]],
    ["kcmp", "kcmp", [victim, victim, 99, 0, 0], [noProcess]],
    ["pidfd_getfd", "pidfd_getfd", [-1, 0, 0]],
    ["pidfd_open: a process of the host", "pidfd_open", [victim, 0], [noProcess]],
    ["move_pages", "move_pages", [0, 1, nowhere, 0, nowhere, 0]],
  ];
}

function spaces(): CallRow[] {
  const structure = Buffer.alloc(88);
  structure.writeBigUInt64LE(BigInt(newUser), 0);
  structure.writeBigUInt64LE(17n, 32);
  return [
    ["unshare: users", "unshare", [newUser]],
    ["unshare: mounts", "unshare", [0x20000]],
    ["unshare: network", "unshare", [0x40000000]],
    ["unshare: processes", "unshare", [0x20000000]],
    ["unshare: time", "unshare", [0x80]],
    ["unshare: everything at once", "unshare", [newUser + 0x20000 + 0x40000000]],
    ["clone: users", "clone", [newUser + 17, 0, 0, 0, 0]],
    ["clone: users and mounts", "clone", [newUser + 0x20000 + 17, 0, 0, 0, 0]],
    ["clone3: users", "clone3", [structure, 88]],
    ["setns", "setns", [-1, 0]],
  ];
}

function mounting(): CallRow[] {
  return [
    ["mount", "mount", [nowhere, nowhere, nowhere, 0, 0]],
    ["umount2", "umount2", [nowhere, 0]],
    ["pivot_root", "pivot_root", [nowhere, nowhere]],
    ["chroot", "chroot", [nowhere]],
    ["open_tree", "open_tree", [-1, nowhere, 0]],
    ["move_mount", "move_mount", [-1, nowhere, -1, nowhere, 0]],
    ["fsopen", "fsopen", [nowhere, 0]],
    ["fsmount", "fsmount", [-1, 0, 0]],
    ["mount_setattr", "mount_setattr", [-1, nowhere, 0, nowhere, 32]],
  ];
}

function rights(): CallRow[] {
  const fifo = Buffer.alloc(8, 0);
  fifo.writeInt32LE(1);
  return [
    ["setuid to root", "setuid", [0], [invalid]],
    ["setgroups", "setgroups", [0, 0]],
    ["a higher priority", "setpriority", [0, 0, -20]],
    ["real-time scheduling", "sched_setscheduler", [0, 1, fifo]],
    ["opening a file by its handle", "open_by_handle_at", [-1, nowhere, 0]],
  ];
}

function devices(): CallRow[] {
  return [
    ["making a block device", "mknodat", [-100, Buffer.from("block-device\0"), 0o060600, 0x700]],
    ["making a character device", "mknodat", [-100, Buffer.from("character-device\0"), 0o020600, 0x101]],
    ["typing into the terminal (TIOCSTI)", "ioctl", [0, 0x5412, nowhere]],
    ["pasting into the console (TIOCLINUX)", "ioctl", [0, 0x541c, nowhere]],
  ];
}

function interfaces(): CallRow[] {
  return [
    ["io_uring_setup", "io_uring_setup", [1, nowhere]],
    ["io_uring_enter", "io_uring_enter", [-1, 0, 0, 0, 0, 0]],
    ["io_uring_register", "io_uring_register", [-1, 0, 0, 0]],
    ["bpf", "bpf", [0, nowhere, 16]],
    ["perf_event_open", "perf_event_open", [nowhere, 0, -1, -1, 0]],
    ["userfaultfd", "userfaultfd", [1]],
    ["keyctl", "keyctl", [0, -3, 0, 0, 0]],
    ["add_key", "add_key", [nowhere, nowhere, 0, 0, -3]],
    ["request_key", "request_key", [nowhere, nowhere, 0, 0]],
    ["fanotify_init", "fanotify_init", [0x200, 0]],
    ["syslog", "syslog", [10, 0, 0]],
    ["kexec_load", "kexec_load", [0, 1, 0, 0xffff]],
    ["kexec_file_load", "kexec_file_load", [-1, -1, 0, 0, 0xffff]],
    ["init_module", "init_module", [nowhere, 1, nowhere]],
    ["finit_module", "finit_module", [-1, nowhere, 0]],
    ["delete_module", "delete_module", [nowhere, 0]],
    ["reboot", "reboot", [0, 0, 0, 0]],
    ["swapon", "swapon", [nowhere, 0]],
    ["swapoff", "swapoff", [nowhere]],
    ["acct", "acct", [nowhere]],
    ["setting the clock", "clock_settime", [0, nowhere]],
    ["setting the host's name", "sethostname", [nowhere, 1]],
    ["personality: all that is readable runs", "personality", [0x400000]],
    ["modify_ldt", "modify_ldt", [0, 0, 0]],
    ["iopl", "iopl", [3]],
    ["ioperm", "ioperm", [0, 1, 1]],
  ];
}

function families(): CallRow[] {
  const open = (name: string, values: number[]): CallRow => [`socket: ${name}`, "socket", values, [noDevice]];
  return [
    open("packets", [17, 3, 0]),
    open("raw IP", [2, 3, 255]),
    open("netlink for audits", [16, 3, 9]),
    open("netlink for the firewall", [16, 3, 12]),
    open("the hypervisor (vsock)", [40, 1, 0]),
    open("kernel cryptography (ALG)", [38, 5, 0]),
    open("keys (AF_KEY)", [15, 3, 2]),
    open("Bluetooth", [31, 3, 0]),
    open("TIPC", [30, 5, 0]),
    open("CAN", [29, 3, 1]),
    open("XDP", [44, 3, 0]),
    open("SCTP", [2, 1, 132]),
  ];
}

function limits(): CallRow[] {
  return [
    ["raising the limit of processes", "prlimit64", [0, 6, unlimited, 0]],
    ["raising the limit of a file's size", "prlimit64", [0, 1, unlimited, 0]],
    ["raising the limit of open files", "prlimit64", [0, 7, unlimited, 0]],
    ["memory that only pipes hold", "vmsplice", [-1, nowhere, 0, 0]],
    ["shared memory that nobody need map", "shmget", [noKey, 0x4000000, 0], [invalid]],
    ["shared memory beyond 4 GiB that nobody need map", "shmget", [noKey, 0x100000000, 0], [invalid]],
    ["memory in files without a name", "memfd_create", [Buffer.from("x\0"), 0]],
  ];
}

/** The doors of 32-bit programs, behind which the numbers mean other calls. */
function foreign(): TriedCall[] {
  const group = "kernel interfaces";
  const means = "the system calls of another ABI pass by the filter";
  return [
    {
      name: "the 32-bit ABI",
      group,
      means,
      harmless: [],
      // A kernel without 32-bit programs has no gate at this interrupt: the processor faults, SIGSEGV on x64 (SIGILL and
      // SIGBUS are what emulators and hypervisors make of it).
      absentBy: [4, 7, 11],
      call: { number: 20, arguments: [], by: "int 0x80" },
    },
    { name: "the x32 ABI", group, means, harmless: [], call: { number: 0x40000000 + 39, arguments: [] } },
  ];
}
