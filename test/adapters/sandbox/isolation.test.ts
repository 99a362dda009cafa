import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as listenOn } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { eventually, processesWith } from "../../support/processes.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { markedSeconds, runIn, shell } from "./confined.ts";

const directory = testDirectory();
let sandbox: OpenedSandbox;

beforeAll(async () => {
  sandbox = await openSandbox({ kind: "bwrap" });
});

describe("inside bubblewrap", () => {
  test("the environment is the given one and three defaults", async () => {
    const exit = await runIn(sandbox, shell("env", { environment: { GIVEN: "yes = yes\nyes" } }), {
      directory,
    });

    const names = exit.log.head.split("\n").flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
    expect(names.toSorted()).toEqual(["GIVEN", "HOME", "LANG", "PATH", "PWD"]);
  });

  test("no value of the environment shows in a command line of the host", async () => {
    const running = runIn(sandbox, shell("sleep 0.3", { environment: { KEY: "canary-4711-value" } }), {
      directory,
    });
    await new Promise((done) => setTimeout(done, 150));

    expect(processesWith("canary-4711-value")).toBe(0);
    await running;
  });

  test.each(["/root", "/etc/shadow", "/var", "/run", "/work", "/sys", directory, process.cwd()])(
    "%s of the host cannot be read",
    async (path) => {
      const exit = await runIn(sandbox, shell(`ls -d ${path} && cat ${path}/* ${path}`), { directory });

      expect(exit.exitCode).not.toBe(0);
    },
  );

  test("the host's processes are invisible, and the user is not root", async () => {
    const exit = await runIn(sandbox, shell("ls -d /proc/[0-9]* | wc -l; id -un; id -u"), { directory });

    const [count, name, uid] = exit.log.head.trim().split("\n");
    expect(Number(count)).toBeLessThan(8);
    expect([name, Number(uid) > 0]).toEqual(["agent", true]);
  });

  test.each([
    ["a setting of the kernel", "exec 3>>/proc/sys/kernel/core_pattern"],
    ["the system", "touch /usr/bin/planted"],
    ["the root", "touch /planted"],
    ["the list of users", "echo x >> /etc/passwd"],
    ["another user namespace", "unshare --user true"],
    ["a mount", "mount -t tmpfs none /tmp"],
    ["the kernel's log", "cat /proc/kmsg | grep ."],
    ["a device", "mknod /tmp/sda b 8 0"],
    ["another user", "chown 0 /tmp/x"],
  ])("%s is out of reach", async (_, line) => {
    const exit = await runIn(sandbox, shell(`touch /tmp/x; ${line}`), { directory });

    expect(exit.exitCode).not.toBe(0);
  });

  test("no capability is left, and none can be gained", async () => {
    const exit = await runIn(sandbox, shell("grep -E 'Cap(Eff|Prm|Bnd)|NoNewPrivs' /proc/self/status"), {
      directory,
    });

    expect(exit.log.head.replace(/\s+/g, " ").trim()).toBe(
      "CapPrm: 0000000000000000 CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1",
    );
  });

  test("writable and readable directories are at their own paths, nested ones too", async () => {
    const outer = join(directory, "outer");
    mkdirSync(join(outer, "inner"), { recursive: true });
    writeFileSync(join(outer, "given"), "read me");
    const command = shell("cat given; touch mine; touch inner/made", { directory: outer, readable: [outer] });

    const exit = await runIn(sandbox, { ...command, writable: [join(outer, "inner")] }, { directory });

    expect(exit.log.head).toMatch(/^read me.*mine.*Read-only/);
    expect(readFileSync(join(outer, "inner/made"), "utf8")).toBe("");
  });

  test("nothing of the home or of /tmp is left for the next command", async () => {
    await runIn(sandbox, shell("echo poison | tee $HOME/.npmrc /tmp/poison"), { directory });

    const exit = await runIn(sandbox, shell("ls -A $HOME /tmp | grep -v :"), { directory });

    expect(exit.log.head.trim()).toBe("");
  });
});

describe("the network", () => {
  const line = (port: number) =>
    `node -e "fetch('http://127.0.0.1:${port}').then((r) => r.text()).then(console.log, () => process.exit(7))"`;

  test.each([
    ["none", 7, 0],
    ["host", 0, 1],
  ] as const)("%s", async (network, exitCode, served) => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end("hello");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;

    const exit = await runIn(sandbox, shell(line(port), { network }), { directory });
    server.close();

    expect([exit.exitCode, requests]).toEqual([exitCode, served]);
  });
});

describe("a unix socket of the host", () => {
  const line = (path: string) =>
    `node -e "require('net').connect('${path}').on('data', (d) => console.log(String(d))).on('error', () => process.exit(7))"`;

  test.each([
    ["that is shown answers", true, "hello"],
    ["that is not shown does not", false, ""],
  ])("%s", async (_, isShown, said) => {
    const path = join(directory, `${isShown}.sock`);
    const server = listenOn((client) => client.end("hello"));
    await new Promise<void>((done) => server.listen(path, done));

    const exit = await runIn(sandbox, shell(line(path), { sockets: isShown ? [path] : [] }), { directory });
    server.close();

    expect([exit.log.head.trim(), exit.exitCode]).toEqual([said, isShown ? 0 : 7]);
  });
});

const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot("the command of a worker that is root", () => {
  test("is another user, below a directory that only root may enter, and can go on afterwards", async () => {
    const closed = join(directory, "closed");
    const work = join(closed, "work");
    mkdirSync(work, { recursive: true });
    for (const path of [closed, work]) chmodSync(path, 0o700);
    writeFileSync(join(work, "given"), "given");
    symlinkSync("/etc/passwd", join(work, "link"));
    const line =
      "id -u; echo more >>given; umask 077; mkdir own; echo mine >own/file; touch ../beside || echo no";

    const exit = await runIn(sandbox, shell(line, { directory: work, writable: [work] }), { directory });

    const user = statSync(join(work, "own/file")).uid;
    expect(user).toBeGreaterThan(1_000);
    expect(exit.log.head).toMatch(new RegExp(`^${user}\\n.*\\nno\\n$`));
    expect([statSync("/etc/passwd").uid, lstatSync(join(work, "link")).uid]).toEqual([0, user]);
    expect(readFileSync(join(work, "given"), "utf8")).toBe("givenmore\n");
    rmSync(closed, { recursive: true });
  });

  test("is given a socket that only root could connect to", async () => {
    const path = join(directory, "given.sock");
    const server = listenOn((client) => client.end("hello"));
    await new Promise<void>((done) => server.listen(path, done));
    chmodSync(path, 0o600);
    const line = `node -e "require('net').connect('${path}').on('data', (d) => console.log(String(d)))"`;

    const exit = await runIn(sandbox, shell(line, { sockets: [path] }), { directory });
    server.close();

    expect(exit.log.head).toBe("hello\n");
  });
});

test("a worker that is killed takes its sandbox with it", async () => {
  const seconds = markedSeconds();
  const fixture = join(import.meta.dirname, "worker-fixture.js");
  const worker = spawn(process.execPath, [fixture, seconds, join(directory, "worker.log")], {
    stdio: "ignore",
  });
  await eventually("the sandbox has its sleep", () => processesWith(`sleep ${seconds}`) >= 2);

  worker.kill("SIGKILL");

  await eventually("nothing of the sandbox is left", () => processesWith(seconds) === 0);
});

test.each(["bwrap", "none"])(
  "what whoever started the worker left open is closed to a command: %s",
  async (kind) => {
    const left = openSync(join(directory, "left-open"), "w");
    const fixture = join(import.meta.dirname, "descriptors-fixture.js");
    // Far behind a gap: those before it are closed by Node itself.
    const stdio = [...["ignore", "pipe", "inherit"], left, ...new Array(56).fill("ignore"), "pipe", left];
    const worker = spawn(process.execPath, [fixture, kind, directory], { stdio });

    const listed = await text(worker.stdout as Readable);

    closeSync(left);
    const leads = [...listed.matchAll(/ (?<number>\d+) -> (?<to>.+)$/gm)].map(({ groups }) => groups);
    expect(leads.length).toBeGreaterThan(3);
    const further = leads.filter((one) => Number(one?.number) > 2).map((one) => one?.to ?? "");
    expect(further.filter((to) => to !== "/dev/null" && !to.startsWith("/proc/"))).toEqual([]);
  },
);
