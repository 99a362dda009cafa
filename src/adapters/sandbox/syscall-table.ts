/** The processors that the filter knows: their audit number, and the first system call number of a foreign ABI. */
export const processors = {
  x64: { audit: 0xc000003e, foreignFrom: 0x40000000 },
  arm64: { audit: 0xc00000b7, foreignFrom: undefined },
} as const;
export type Processor = keyof typeof processors;

/**
 * What a refused call is answered with; libraries fall back on another call after ENOSYS, and give up after EPERM. `done`
 * says that all went well, where nothing did: for what programs ask in passing, and must not fail for.
 */
export const answers = {
  done: 0,
  EPERM: 1,
  EINVAL: 22,
  ENOSYS: 38,
  EAFNOSUPPORT: 97,
  EPROTONOSUPPORT: 93,
} as const;
export type CallError = keyof typeof answers;

/** Whether one argument, counted from 0, is of a kind; of its 64 bits the lower 32 are taken, or the upper ones. */
export type Condition = {
  argument: number;
  half?: "upper";
  /** `any of` values, `none of` values, or any bit of a mask `has bit`. */
  when: "any of" | "none of" | "has bit";
  values: number[];
};

/** A system call that is refused: always, or where all its conditions hold. Numbers are those of x64 and arm64. */
export type RefusedCall = {
  call: string;
  x64: number | null;
  arm64: number | null;
  answer: CallError;
  where: Condition[];
};

const always = (
  answer: CallError,
  calls: [call: string, x64: number | null, arm64: number | null][],
): RefusedCall[] => calls.map(([call, x64, arm64]) => ({ call, x64, arm64, answer, where: [] }));

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const namespaceFlags = 0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x10000000 | 0x20000000 | 0x40000000;
/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: what programs use; every other family is kernel code to attack. */
const families = [1, 2, 10, 16];
const netlink = 16;
/** Default, ICMP, TCP, UDP, ICMPv6. */
const protocols = [0, 1, 6, 17, 58];
/** PER_LINUX, ADDR_NO_RANDOMIZE (sanitizers restart themselves with it), and the question what is set. */
const personalities = [0, 0x40000, 0xffffffff];
/** RLIMIT_CORE, and PR_SET_PDEATHSIG. */
const [dumps, deathSignal] = [4, 1] as const;
/** TIOCSTI types into the terminal of whoever started the worker; TIOCLINUX pastes. */
const terminalInput = [0x5412, 0x541c];

/** All that the sandbox refuses at the kernel's door, on top of what missing capabilities refuse anyway. */
export const refusals: RefusedCall[] = [
  // Other processes: their memory, descriptors and threads.
  ...always("EPERM", [
    ["ptrace", 101, 117],
    ["process_vm_readv", 310, 270],
    ["process_vm_writev", 311, 271],
    ["process_madvise", 440, 440],
    ["kcmp", 312, 272],
    ["pidfd_getfd", 438, 438],
    ["move_pages", 279, 239],
    ["migrate_pages", 256, 238],
  ]),
  // Large interfaces of the kernel with a history.
  ...always("EPERM", [
    ["io_uring_setup", 425, 425],
    ["io_uring_enter", 426, 426],
    ["io_uring_register", 427, 427],
    ["bpf", 321, 280],
    ["perf_event_open", 298, 241],
    ["userfaultfd", 323, 282],
    ["add_key", 248, 217],
    ["request_key", 249, 218],
    ["keyctl", 250, 219],
    ["fanotify_init", 300, 262],
    ["fanotify_mark", 301, 263],
    ["open_by_handle_at", 304, 265],
    ["lookup_dcookie", 212, 18],
    ["syslog", 103, 116],
    ["modify_ldt", 154, null],
  ]),
  // Mounts, roots and namespaces.
  ...always("EPERM", [
    ["mount", 165, 40],
    ["umount2", 166, 39],
    ["pivot_root", 155, 41],
    ["chroot", 161, 51],
    ["open_tree", 428, 428],
    ["move_mount", 429, 429],
    ["fsopen", 430, 430],
    ["fsconfig", 431, 431],
    ["fsmount", 432, 432],
    ["fspick", 433, 433],
    ["mount_setattr", 442, 442],
    ["open_tree_attr", 467, 467],
    ["unshare", 272, 97],
    ["setns", 308, 268],
  ]),
  // The machine.
  ...always("EPERM", [
    ["kexec_load", 246, 104],
    ["kexec_file_load", 320, 294],
    ["create_module", 174, null],
    ["init_module", 175, 105],
    ["finit_module", 313, 273],
    ["delete_module", 176, 106],
    ["reboot", 169, 142],
    ["swapon", 167, 224],
    ["swapoff", 168, 225],
    ["acct", 163, 89],
    ["quotactl", 179, 60],
    ["quotactl_fd", 443, 443],
    ["iopl", 172, null],
    ["ioperm", 173, null],
    ["settimeofday", 164, 170],
    ["clock_settime", 227, 112],
    ["clock_adjtime", 305, 266],
    ["sethostname", 170, 161],
    ["setdomainname", 171, 162],
    ["vhangup", 153, 58],
  ]),
  // Memory in files without a name, or held by pipes alone, is seen by no bound; and `clone3` hides its flags from a filter.
  ...always("ENOSYS", [
    ["memfd_create", 319, 279],
    ["memfd_secret", 447, 447],
    ["vmsplice", 278, 75],
    ["clone3", 435, 435],
  ]),
  {
    ...{ call: "clone", x64: 56, arm64: 220, answer: "EPERM" },
    where: [{ argument: 0, when: "has bit", values: [namespaceFlags] }],
  },
  {
    ...{ call: "ioctl", x64: 16, arm64: 29, answer: "EPERM" },
    where: [{ argument: 1, when: "any of", values: terminalInput }],
  },
  {
    ...{ call: "personality", x64: 135, arm64: 92, answer: "EPERM" },
    where: [{ argument: 0, when: "none of", values: personalities }],
  },
  {
    ...{ call: "socket", x64: 41, arm64: 198, answer: "EAFNOSUPPORT" },
    where: [{ argument: 0, when: "none of", values: families }],
  },
  {
    ...{ call: "socket", x64: 41, arm64: 198, answer: "EPERM" },
    where: [
      { argument: 0, when: "any of", values: [netlink] },
      { argument: 2, when: "none of", values: [0] },
    ],
  },
  {
    ...{ call: "socket", x64: 41, arm64: 198, answer: "EPROTONOSUPPORT" },
    where: [{ argument: 2, when: "none of", values: protocols }],
  },
  {
    ...{ call: "socketpair", x64: 53, arm64: 199, answer: "EAFNOSUPPORT" },
    where: [{ argument: 0, when: "none of", values: families }],
  },
  // Nor is a segment of shared memory that nobody maps. The kernel allows 4,096 of them: of 64 KiB they are 256 MiB.
  ...(
    [
      [0xffff0000, {}],
      [0xffffffff, { half: "upper" }],
    ] as const
  ).map(([bits, half]): RefusedCall => {
    return {
      ...{ call: "shmget", x64: 29, arm64: 194, answer: "EINVAL" },
      where: [{ argument: 1, ...half, when: "has bit", values: [bits] }],
    };
  }),
  // A limit of 0 would let the host's collector of memory dumps be started for us again, as root and outside.
  {
    ...{ call: "setrlimit", x64: 160, arm64: 164, answer: "done" },
    where: [{ argument: 0, when: "any of", values: [dumps] }],
  },
  ...([{}, { half: "upper" }] as const).map((half): RefusedCall => {
    return {
      ...{ call: "prlimit64", x64: 302, arm64: 261, answer: "done" },
      where: [
        { argument: 1, when: "any of", values: [dumps] },
        { argument: 2, ...half, when: "has bit", values: [0xffffffff] },
      ],
    };
  }),
  // The first process of an ordinary user's sandbox is the agent's to write: it must die with the worker all the same.
  {
    ...{ call: "prctl", x64: 157, arm64: 167, answer: "done" },
    where: [{ argument: 0, when: "any of", values: [deathSignal] }],
  },
];
