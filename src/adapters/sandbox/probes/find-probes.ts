import type { Processor } from "../syscall-table.ts";
import { fileProbes } from "./file-probes.ts";
import type { Planted } from "./plant.ts";
import { type Probe, type ProbeRow, probesOf } from "./probe.ts";
import { systemCalls, type TriedCall } from "./system-calls.ts";
import { limitProbes, wallProbes } from "./wall-probes.ts";

/** All probes for what was planted, and the system calls that some of them make. */
export function findProbes(planted: Planted, processor: Processor): { probes: Probe[]; calls: TriedCall[] } {
  const calls = systemCalls(processor, planted.victim);
  const byCall = calls.map(({ name, group, means, harmless, absentBy = [] }, index): Probe => {
    return { name, group, means, try: { kind: "system call", index, harmless, absentBy } };
  });
  const probes = [
    ...fileProbes(planted),
    ...processProbes(planted),
    ...networkProbes(planted),
    ...wallProbes(),
    ...limitProbes(),
    ...byCall,
  ];
  return { probes, calls };
}

const proc = "the kernel tells about, or lets itself be told by, the agent";

function processProbes(planted: Planted): Probe[] {
  const { canary, victim } = planted;
  const seen = "keys in the environment or the arguments of host processes can be read";
  const known = ["PATH", "HOME", "LANG", "PWD", "OLDPWD", "SHLVL", "_", "LC_CTYPE"];
  return [
    ...probesOf("environment", [
      ["variables that nobody gave", seen, { kind: "foreign variables", known }],
      ["another process's environment", seen, { kind: "scan", file: "environ", holding: canary }],
      ["another process's arguments", seen, { kind: "scan", file: "cmdline", holding: canary }],
      ["descriptors left open by the worker", seen, { kind: "open descriptors" }],
    ]),
    ...probesOf("proc", kernelRows(planted)),
    ...probesOf("signals", [
      [
        "a signal to a process of the host",
        "host processes can be killed",
        { kind: "signal", pid: victim, holding: canary },
      ],
      [
        "the priority of a process of the host",
        "host processes can be slowed",
        { kind: "renice", pid: victim, holding: canary },
      ],
    ]),
    ...probesOf("ptrace", [
      ["the memory of a process of the host", proc, { kind: "may write", path: `/proc/${victim}/mem` }],
      ["the memory of the sandbox's first process", proc, { kind: "may write", path: "/proc/1/mem" }],
    ]),
  ];
}

function kernelRows({ canary, victim }: Planted): ProbeRow[] {
  const read = (name: string): ProbeRow => [
    `reading /proc/${name}`,
    proc,
    { kind: "read", path: `/proc/${name}` },
  ];
  const write = (name: string): ProbeRow => [
    `writing /proc/${name}`,
    proc,
    { kind: "may write", path: `/proc/${name}` },
  ];
  return [
    ["a process of the host", proc, { kind: "sees process", pid: victim, holding: canary }],
    ...["kcore", "kallsyms", "kmsg", "keys", "timer_list", "iomem", "config.gz"].map(read),
    ...[
      "sys/kernel/core_pattern",
      "sys/kernel/modprobe",
      "sys/vm/drop_caches",
      "sysrq-trigger",
      "self/oom_score_adj",
    ].map(write),
  ];
}

function networkProbes({ tcp, tcp6, udp, unix, abstract }: Planted): Probe[] {
  const out = "what the agent knows can leave the machine";
  const local = "services of the host, such as its queue, answer the agent";
  return [
    ...probesOf("network", [
      ["the host's loopback", local, { kind: "tcp", host: "127.0.0.1", port: tcp }],
      ...(tcp6
        ? ([
            ["the host's loopback, IPv6", local, { kind: "tcp", host: "::1", port: tcp6 }],
          ] satisfies ProbeRow[])
        : []),
      ["a datagram to the host, as for a name server", out, { kind: "udp", host: "127.0.0.1", port: udp }],
      [
        "the cloud's metadata service",
        "the machine's own credentials can be fetched",
        { kind: "route", host: "169.254.169.254" },
      ],
      ["a public name server", out, { kind: "route", host: "8.8.8.8" }],
      ["any address on the net", out, { kind: "route", host: "140.82.112.3" }],
      ["a network interface", out, { kind: "interfaces" }],
    ]),
    ...probesOf("sockets", [
      ["a unix socket that was not shown", local, { kind: "unix", path: unix }],
      ["an abstract unix socket", local, { kind: "unix", path: abstract }],
      ["the container engine's socket", "the whole machine", { kind: "unix", path: "/var/run/docker.sock" }],
    ]),
  ];
}
