import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { slotsIn } from "../slot-user.ts";
import type { Planted } from "./plant.ts";
import { type Probe, type ProbeRow, probesOf } from "./probe.ts";

/** The ways to files of the host and of other tasks. */
export function fileProbes(planted: Planted): Probe[] {
  return [
    ...probesOf("files", [...readingRows(planted), ...systemRows(), ...writingRows(planted)]),
    ...probesOf("other tasks", taskRows(planted)),
  ];
}

const seen = "files of the host can be read";

function readingRows({ canary, secret, scratch, shown, victim, directory }: Planted): ProbeRow[] {
  const reading = (name: string, path: string): ProbeRow => {
    return [name, seen, { kind: "read", path, holding: canary }];
  };
  const home = homedir();
  const isItsOwn = home !== "/" && !home.startsWith("/usr") && !directory.startsWith(home);
  return [
    reading("a file that was not shown", secret),
    reading("a link to a file that was not shown", join(scratch, "link")),
    reading("the way through a host process's root", `/proc/${victim}/root${secret}`),
    reading("the way through a host process's directory", `/proc/${victim}/cwd/secret`),
    ["the worker's settings", seen, { kind: "read", path: join(process.cwd(), ".env") }],
    ...(isItsOwn ? ([["the worker's home", seen, { kind: "list", path: home }]] satisfies ProbeRow[]) : []),
    ...(isRoot() ? [reading("what only root may read", join(shown, "closed"))] : []),
  ];
}

/** Whether this process is root in earnest, so that a command has to be somebody else. */
function isRoot(): boolean {
  return process.getuid?.() === 0 && slotsIn(readFileSync("/proc/self/uid_map", "utf8")) !== undefined;
}

function systemRows(): ProbeRow[] {
  const { dev, ino } = statSync("/");
  return [
    ["the host's root directory", seen, { kind: "is host's", path: "/", device: dev, inode: ino }],
    ["/root", seen, { kind: "list", path: "/root" }],
    ["/etc/shadow", seen, { kind: "read", path: "/etc/shadow" }],
    ["/etc/machine-id", seen, { kind: "read", path: "/etc/machine-id" }],
    ["/var", seen, { kind: "list", path: "/var" }],
    ["/run and its sockets", seen, { kind: "list", path: "/run" }],
    ["/sys", seen, { kind: "list", path: "/sys" }],
  ];
}

function writingRows({ shown }: Planted): ProbeRow[] {
  const altered = "what the host or the next task runs can be altered";
  const writing = (name: string, path: string): ProbeRow => [name, altered, { kind: "may write", path }];
  return [
    writing("writing the system's programs", "/usr/bin"),
    writing("writing the system's settings", "/etc"),
    writing("writing the root directory", "/"),
    writing("writing Node itself", process.execPath),
    ["writing what is shown to be read", altered, { kind: "make file", path: join(shown, "made") }],
  ];
}

function taskRows({ canary, otherTask, sharedMemory }: Planted): ProbeRow[] {
  const meet = "tasks see, or alter, each other's work";
  return [
    ["reading another task's tree", meet, { kind: "read", path: join(otherTask, "file"), holding: canary }],
    ["writing another task's tree", meet, { kind: "make file", path: join(otherTask, "made") }],
    ["listing another task's tree", meet, { kind: "list", path: otherTask }],
    ["the host's shared memory", meet, { kind: "read", path: sharedMemory, holding: canary }],
  ];
}
