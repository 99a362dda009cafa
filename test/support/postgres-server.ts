import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A real PostgreSQL on a Unix socket in a directory of its own. Its files outlive `kill`, so that it can start again. */
export type PostgresServer = {
  url: string;
  /** `settings` come on top of those that it was made with, for this start alone. */
  start(settings?: Settings): Promise<void>;
  /** Kills it with all its processes, as a machine that dies would. */
  kill(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  remove(): Promise<void>;
};

type Settings = Record<string, string>;

const execute = promisify(execFile);

/** Where Debian's packages put each version's programs. */
const versions = "/usr/lib/postgresql";

/** Debian's user `nobody`: PostgreSQL refuses to run as root. */
const nobody = 65_534;
const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;

/** Starts a PostgreSQL that keeps every acknowledged write, unless `settings` say otherwise. */
export async function postgresServer(settings: Settings = {}): Promise<PostgresServer> {
  const { directory, remove } = await temporaryDirectory();
  const data = join(directory, "data");
  await mkdir(data, { mode: 0o700 });
  if (user) for (const path of [directory, data]) await chown(path, user.uid, user.gid);
  const programs = await programsOfNewest();
  const within = { ...user, cwd: directory };
  const create = ["-D", data, "-U", "drafthorse", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await execute(join(programs, "initdb"), create, within);
  const usual = { listen_addresses: "", unix_socket_directories: directory, shared_buffers: "16MB" };
  let child: ChildProcess;

  const start = async (more: Settings = {}): Promise<void> => {
    const all = Object.entries({ ...usual, ...settings, ...more });
    const options = all.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    child = await listening(join(programs, "postgres"), ["-D", data, ...options], within);
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    // Each of its processes has a session of its own, so there is no group that one signal would reach.
    for (const pid of [child.pid ?? 0, ...(await childrenOf(child.pid ?? 0))]) tell(pid, name);
  };
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    await signal("SIGKILL");
    await ended;
  };
  await start();
  return {
    url: `postgresql://drafthorse@localhost/postgres?host=${encodeURIComponent(directory)}`,
    start,
    kill,
    pause: () => signal("SIGSTOP"),
    resume: () => signal("SIGCONT"),
    async remove() {
      await kill();
      await remove();
    },
  };
}

async function programsOfNewest(): Promise<string> {
  const found = await readdir(versions).catch(() => []);
  const newest = found.map(Number).sort((a, b) => b - a)[0];
  if (newest === undefined)
    throw new Error("PostgreSQL is missing. Install it with: apt-get install -y postgresql");
  return join(versions, String(newest), "bin");
}

async function listening(program: string, args: string[], within: object): Promise<ChildProcess> {
  const child = spawn(program, args, { ...within, stdio: ["ignore", "ignore", "pipe"] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    if (line.includes("ready to accept connections")) {
      child.stderr.resume();
      return child;
    }
  }
  throw new Error(`PostgreSQL ended before it was ready:\n${lines.join("\n")}`);
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
