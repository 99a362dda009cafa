import { readlinkSync } from "node:fs";
import { defaultTreeLimits, treeBounds } from "../../../domain/rules/limits.ts";
import { ifThere } from "../if-there.ts";
import { type Probe, type ProbeRow, probesOf } from "./probe.ts";

/** What a process can read about the walls around itself. */
export function wallProbes(): Probe[] {
  const shared = "the host's own view of the system is shared";
  const names = ["pid", "net", "ipc", "uts", "mnt", "cgroup"];
  const devices = "null zero full random urandom tty console ptmx pts shm fd stdin stdout stderr core".split(
    " ",
  );
  const rights = "the rights of root are there to be used";
  return [
    ...probesOf("namespaces", [
      ...names.map((name): ProbeRow => {
        return [
          `the host's ${name} namespace`,
          shared,
          { kind: "namespace", name, host: ifThere(() => readlinkSync(`/proc/self/ns/${name}`), "") },
        ];
      }),
    ]),
    ...probesOf("mounts", [
      ["programs that make their caller root", rights, { kind: "mounts without nosuid" }],
    ]),
    ...probesOf("capabilities", [
      ...["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map((field): ProbeRow => {
        return [`capabilities (${field})`, rights, { kind: "status", field, closed: ["0000000000000000"] }];
      }),
      ["new privileges", rights, { kind: "status", field: "NoNewPrivs", closed: ["1"] }],
      ["calls without a filter", rights, { kind: "status", field: "Seccomp", closed: ["2"] }],
    ]),
    ...probesOf("devices", [
      [
        "devices of the machine",
        "disks and memory can be read past all walls",
        { kind: "strange devices", known: devices },
      ],
      [
        "the worker's terminal",
        "keys can be typed for whoever started the worker",
        { kind: "read", path: "/dev/tty" },
      ],
    ]),
  ];
}

/** What keeps a process from using up the machine. */
export function limitProbes(): Probe[] {
  const { processes, diskBytes } = treeBounds(defaultTreeLimits);
  const means = "the agent can use up the machine";
  const gibibyte = 1024 ** 3;
  return probesOf("limits", [
    ["threads", means, { kind: "limit", name: "Max processes", most: processes * 8 }],
    ["the size of a file", means, { kind: "limit", name: "Max file size", most: diskBytes }],
    ["open files", means, { kind: "limit", name: "Max open files", most: 16_384 }],
    ["memory dumps", means, { kind: "limit", name: "Max core file size", most: 1 }],
    ["the room in /tmp", means, { kind: "room", path: "/tmp", most: gibibyte }],
    ["the room in /dev/shm", means, { kind: "room", path: "/dev/shm", most: gibibyte }],
    ["writing /dev, which is memory", means, { kind: "may write", path: "/dev" }],
    ["what the kernel ends first", means, { kind: "hard to kill" }],
  ]);
}
