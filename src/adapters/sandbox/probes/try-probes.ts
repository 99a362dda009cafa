// Runs inside the sandbox as a file of its own: it MUST import nothing but Node.
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import * as fs from "node:fs";
import { connect } from "node:net";
import * as os from "node:os";
import type { Escape, Probe, Tried } from "./probe.ts";

/** How long a listener of the host may take to answer, in milliseconds. */
const patienceMs = 200;
/** Refusals of a system call: EPERM, ENXIO would be a device; EACCES, ENOSYS, and no such socket or protocol. */
const refusals = [1, 13, 38, 93, 94, 97];
/** SIGSYS: a filter that kills the caller has refused the call. */
const filtered = 31;

/** An attempt that proved nothing: neither that the way is open nor that it is closed. */
class Unproved extends Error {
  readonly repair: string;
  constructor(why: string, repair: string) {
    super(why);
    this.repair = repair;
  }
}

const tellUs = "Report it with the output of `uname -a` and `drafthorse doctor --json`.";
const newer = "Run the worker on a Linux kernel of version 4.10 or newer, with the whole of /proc.";
const letRun = "Let programs run there: mount TMPDIR or the sandbox's /tmp without `noexec`.";

type Seen = string | undefined;
type Tries = { [Kind in Escape["kind"]]: (tried: Extract<Escape, { kind: Kind }>) => Seen | Promise<Seen> };

const [, , probesFile = "", program = ""] = process.argv;
const made = runProgram(program);

/** Each returns what it saw, or nothing where it was kept out; an exception means that it was kept out. */
const tries: Tries = {
  read: ({ path, holding }) => {
    const text = readFirstPage(path);
    return text !== "" && (!holding || text.includes(holding)) ? `${text.length} bytes were read` : undefined;
  },
  list: ({ path }) => some(fs.readdirSync(path)),
  "may write": ({ path }) => {
    fs.accessSync(path, fs.constants.W_OK);
    return "it may be written";
  },
  "make file": ({ path }) => {
    fs.writeFileSync(path, "x");
    return "a file was made";
  },
  "is host's": ({ path, device, inode }) => {
    const { dev, ino } = fs.statSync(path);
    return dev === device && ino === inode ? "it is the host's" : undefined;
  },
  scan: ({ file, holding }) => {
    const pids = others().filter((pid) => readOrNothing(`/proc/${pid}/${file}`).includes(holding));
    return some(pids.map((pid) => `process ${pid}`));
  },
  "foreign variables": ({ known }) => some(variables().filter((name) => !known.includes(name))),
  "sees process": ({ pid, holding }) =>
    readOrNothing(`/proc/${pid}/cmdline`).includes(holding) ? "its command line can be read" : undefined,
  "open descriptors": () => some(inheritedDescriptors()),
  tcp: ({ host, port }) => answerFrom({ host, port }),
  unix: ({ path }) => answerFrom({ path }),
  udp: ({ host, port }) => echoFrom(host, port),
  route: ({ host }) => routeTo(host),
  interfaces: () => some(Object.keys(os.networkInterfaces()).filter((name) => name !== "lo")),
  signal: ({ pid, holding }) => {
    process.kill(pid, "SIGCONT");
    return isInner(pid, holding) ? undefined : "the signal was taken";
  },
  renice: ({ pid, holding }) => {
    os.setPriority(pid, os.getPriority(pid));
    return isInner(pid, holding) ? undefined : "its priority was set";
  },
  namespace: ({ name, host }) => (fs.readlinkSync(`/proc/self/ns/${name}`) === host ? host : undefined),
  status: ({ field, closed }) => {
    const value = readKernelValue("status", `${field}:\\s*`);
    return closed.includes(value) ? undefined : `it is ${value}`;
  },
  "strange devices": ({ known }) => some(fs.readdirSync("/dev").filter((name) => !known.includes(name))),
  "mounts without nosuid": () => some(mountsWithoutNosuid()),
  limit: ({ name, most }) => {
    const hard = readKernelValue("limits", `${name}\\s+\\S+\\s+`);
    return Number(hard) <= most ? undefined : `it is ${hard}`;
  },
  room: ({ path, most }) => {
    const { blocks, bsize } = fs.statfsSync(path);
    return blocks * bsize <= most ? undefined : `${Math.round((blocks * bsize) / 2 ** 20)} MiB`;
  },
  "hard to kill": () => {
    const points = Number(readKernelValue("oom_score_adj", ""));
    return points >= 1000 ? undefined : `oom_score_adj is ${points}`;
  },
  "system call": ({ index, harmless, absentBy }) => {
    const answer = made.answers[index];
    if (!answer)
      throw made.trouble ?? new Unproved("the program that makes the calls gave no answer", tellUs);
    const { error, signal } = answer;
    if ([filtered, ...absentBy].includes(signal)) return undefined;
    if (signal !== 0) throw new Unproved(`signal ${signal} killed the program that makes the call`, tellUs);
    if (error === 0) return "it succeeded";
    return [...refusals, ...harmless].includes(error) ? undefined : `it was let in (error ${error})`;
  },
};

const found: Record<string, Tried> = {};
const probes = JSON.parse(fs.readFileSync(probesFile, "utf8")) as Probe[];
await Promise.all(
  probes.map(async ({ group, name, try: tried }) => {
    found[`${group}: ${name}`] = await tryEscape(tried);
  }),
);
process.stdout.write(JSON.stringify(found));
process.exit(0);

async function tryEscape<T extends Escape>(tried: T): Promise<Tried> {
  try {
    return (await (tries[tried.kind] as (one: T) => Seen | Promise<Seen>)(tried)) ?? null;
  } catch (error) {
    return error instanceof Unproved ? { untried: error.message, repair: error.repair } : null;
  }
}

/** How a call ended: its error, 0 for none, or the signal that killed its child, 0 for none. */
type CallAnswer = { error: number; signal: number };

/** What the program answered to each call, or why it could not be run at all. */
type CallsMade = { answers: (CallAnswer | null)[]; trouble?: Unproved };

/** Where the probes lie no program may run if the host keeps its temporary directory so; the sandbox's own may. */
function runProgram(file: string): CallsMade {
  const first = startProgram(file);
  if (first.trouble === undefined) return first;
  const copy = `${fs.mkdtempSync(`${os.tmpdir()}/`)}/calls`;
  fs.copyFileSync(file, copy);
  return startProgram(copy);
}

function startProgram(file: string): CallsMade {
  const ended = spawnSync(file, [], { env: {}, timeout: 10_000, stdio: ["ignore", "pipe", "ignore"] });
  const unstarted = new Unproved(`no program can be started from ${file}`, letRun);
  if (ended.error) return { answers: [], trouble: unstarted };
  const answers = parseCallAnswers(ended.stdout);
  const why = `${ended.signal} killed the program that makes the calls`;
  return { answers, ...(ended.signal !== null && { trouble: new Unproved(why, tellUs) }) };
}

/**
 * The answer to each call; null where the child never ran. The program writes its table of nine
 * words for each call (`syscall-program.ts`), of which the last says how the child ended.
 */
function parseCallAnswers(stdout: Buffer): (CallAnswer | null)[] {
  return Array.from({ length: Math.floor(stdout.length / 72) }, (_, index) => {
    const status = stdout.readInt32LE(index * 72 + 64);
    return status < 0 ? null : { error: (status >> 8) & 0xff, signal: status & 0x7f };
  });
}

function variables(): string[] {
  const entries = readOrNothing("/proc/self/environ").split("\0");
  return entries.filter((entry) => entry.includes("=")).map((entry) => entry.slice(0, entry.indexOf("=")));
}

/** What the kernel tells of this process behind a pattern; one that does not tell it proves nothing. */
function readKernelValue(file: string, pattern: string): string {
  const text = readOrNothing(`/proc/self/${file}`);
  const value = new RegExp(`^${pattern}(?<value>\\S+)`, "m").exec(text)?.groups?.value;
  if (value === undefined) throw new Unproved(`/proc/self/${file} is missing, or does not tell it`, newer);
  return value;
}

function some(names: string[]): Seen {
  return names.length > 0 ? names.slice(0, 5).join(", ") : undefined;
}

function readOrNothing(path: string): string {
  try {
    return fs.readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

function readFirstPage(path: string): string {
  const file = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  const buffer = Buffer.alloc(4096);
  return buffer.toString("latin1", 0, fs.readSync(file, buffer, 0, buffer.length, null));
}

function others(): string[] {
  return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
}

/** Process ids begin anew inside, so that one of ours may have the number of the host's process. */
function isInner(pid: number, holding: string): boolean {
  return !readOrNothing(`/proc/${pid}/cmdline`).includes(holding) && fs.existsSync(`/proc/${pid}`);
}

/** Asked of a program that was begun by this one, for which Node closes all that is its own. */
function inheritedDescriptors(): string[] {
  const { stdout } = spawnSync("/bin/ls", ["-l", "/proc/self/fd"], { encoding: "utf8", timeout: 10_000 });
  const leads = [...stdout.matchAll(/ (?<number>\d+) -> (?<to>.+)$/gm)].map(({ groups }) => groups ?? {});
  const further = leads.filter(
    ({ number, to = "" }) => Number(number) > 2 && !/^\/(?:proc\/|dev\/null$)/.test(to),
  );
  return further.map(({ number, to }) => `${number} is ${to}`);
}

/** A socket may be given the very port that it asks for, and meet itself on the sandbox's own loopback. */
function answerFrom(where: { host: string; port: number } | { path: string }): Promise<Seen> {
  return untilPatienceEnds((done) => {
    const socket = connect({ ...where, timeout: patienceMs });
    socket.on("connect", () =>
      done("port" in where && socket.localPort === where.port ? undefined : "it answers"),
    );
    socket.on("error", () => done(undefined));
  });
}

function echoFrom(host: string, port: number): Promise<Seen> {
  return untilPatienceEnds((done) => {
    const socket = createSocket("udp4");
    socket.on("message", (_, from) => done(from.port === socket.address().port ? undefined : "it answers"));
    socket.on("error", () => done(undefined));
    socket.send("x", port, host);
  });
}

/** Connecting a datagram socket asks the kernel for the way and sends nothing. */
function routeTo(host: string): Promise<Seen> {
  return untilPatienceEnds((done) => {
    const socket = createSocket("udp4");
    socket.on("connect", () => done("there is a way to it"));
    socket.on("error", () => done(undefined));
    socket.connect(53, host);
  });
}

function untilPatienceEnds(start: (done: (seen: Seen) => void) => void): Promise<Seen> {
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs, undefined);
    start(resolve);
  });
}

function mountsWithoutNosuid(): string[] {
  const mounts = readOrNothing("/proc/self/mountinfo").matchAll(/^(?:\S+ ){4}(?<at>\S+) (?<options>\S+)/gm);
  const open = [...mounts].filter(({ groups }) => !groups?.options?.split(",").includes("nosuid"));
  return open.map(({ groups }) => groups?.at ?? "");
}
