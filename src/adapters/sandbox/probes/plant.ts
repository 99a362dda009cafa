import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownMark } from "../worker-mark.ts";

/** The beginning of the names of what is planted, with the mark of the worker behind it. */
export const plantedPrefix = "drafthorse-probes-";

/** What lies on the host for the probes to find, all of it told by a canary; `close` takes it away. */
export type Planted = {
  directory: string;
  canary: string;
  secret: string;
  otherTask: string;
  sharedMemory: string;
  victim: number;
  tcp: number;
  tcp6: number | undefined;
  udp: number;
  unix: string;
  abstract: string;
  /** What the sandbox is shown: to write, to read, and a home. */
  scratch: string;
  shown: string;
  home: string;
  isVictimAlive(): boolean;
  close(): Promise<void>;
};

/** Plants files, listeners and a process of the host. */
export async function plant(): Promise<Planted> {
  const directory = await mkdtemp(join(tmpdir(), `${plantedPrefix}${ownMark}-`));
  const canary = `canary-${randomBytes(12).toString("hex")}`;
  const sharedMemory = `/dev/shm/${plantedPrefix}${ownMark}-${canary}`;
  const files = await plantFiles(directory, canary);
  await writeFile(sharedMemory, canary).catch(() => undefined);
  const unix = join(directory, "host.sock");
  const abstract = `\0${canary}`;
  const [tcp, tcp6, unixServer, abstractServer] = await Promise.all([
    openDoor({ port: 0, host: "127.0.0.1" }),
    openDoor({ port: 0, host: "::1" }),
    openDoor({ path: unix }),
    openDoor({ path: abstract }),
  ]);
  const datagrams = createSocket("udp4", (message, from) => datagrams.send(message, from.port, from.address));
  datagrams.bind(0, "127.0.0.1");
  await once(datagrams, "listening");
  const victim = spawn("/bin/sh", ["-c", "read line", canary], {
    stdio: ["pipe", "ignore", "ignore"],
    env: { CANARY: canary },
    cwd: directory,
  });
  const gone = once(victim, "exit");
  return {
    ...{ directory, canary, sharedMemory, unix, abstract, ...files },
    victim: victim.pid ?? 0,
    tcp: doorPort(tcp) ?? 0,
    tcp6: doorPort(tcp6),
    udp: datagrams.address().port,
    isVictimAlive: () => victim.exitCode === null && victim.signalCode === null,
    close: async () => {
      victim.stdin?.end();
      victim.kill("SIGKILL");
      await gone;
      datagrams.close();
      for (const server of [tcp, tcp6, unixServer, abstractServer]) server?.close();
      await Promise.all([directory, sharedMemory].map((path) => rm(path, { recursive: true, force: true })));
    },
  };
}

/** The files are everybody's to read, so that walls are what keeps them from being read, and not their modes. */
async function plantFiles(directory: string, canary: string) {
  const [secret, otherTask] = [join(directory, "secret"), join(directory, "other-task")];
  const [scratch, shown, home] = [
    join(directory, "scratch"),
    join(directory, "shown"),
    join(directory, "home"),
  ];
  for (const path of [otherTask, scratch, shown, home]) await mkdir(path);
  await chmod(directory, 0o755);
  await Promise.all([chmod(otherTask, 0o777), chmod(shown, 0o777)]);
  for (const path of [secret, join(otherTask, "file")]) await writeFile(path, canary, { mode: 0o666 });
  await writeFile(join(shown, "closed"), canary, { mode: 0o600 });
  await symlink(secret, join(scratch, "link"));
  return { secret, otherTask, scratch, shown, home };
}

/** Undefined where the machine has no such address. */
async function openDoor(
  where: { port: number; host: string } | { path: string },
): Promise<Server | undefined> {
  const server = createServer((client) => client.on("error", () => undefined).end("open"));
  server.listen(where);
  return once(server, "listening").then(
    () => server,
    () => undefined,
  );
}

function doorPort(server: Server | undefined): number | undefined {
  return (server?.address() as AddressInfo | undefined)?.port;
}
