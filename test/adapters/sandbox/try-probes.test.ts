import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";

const directory = mkdtempSync(join(tmpdir(), "drafthorse-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const tryProbes = join(import.meta.dirname, "../../../src/adapters/sandbox/probes/try-probes.js");

/** Tries one call whose program answers as `wait4` would tell how its child ended; no status: no answer. */
function seen(status: number | undefined, absentBy: number[] = []): unknown {
  const table = Buffer.alloc(status === undefined ? 0 : 72);
  if (status !== undefined) table.writeInt32LE(status, 64);
  const [answer, program, probes] = ["answer", "program", "probes"].map((name) => join(directory, name));
  writeFileSync(answer ?? "", table);
  writeFileSync(program ?? "", `#!/bin/sh\nexec /bin/cat '${answer}'\n`, { mode: 0o755 });
  const probe = {
    name: "call",
    group: "limits",
    means: "",
    try: { kind: "system call", index: 0, harmless: [22], absentBy },
  };
  writeFileSync(probes ?? "", JSON.stringify([probe]));
  const { stdout } = spawnSync(process.execPath, [tryProbes, probes ?? "", program ?? ""], {
    encoding: "utf8",
  });
  return (JSON.parse(stdout) as Record<string, unknown>)["limits: call"];
}

const untried = (why: string) => ({ untried: why, repair: expect.stringContaining("uname -a") });
const exited = (code: number): number => code << 8;

test.each<[string, number | undefined, number[], unknown]>([
  ["a call that succeeds is open", exited(0), [], "it succeeded"],
  ["EPERM is closed", exited(1), [], null],
  ["ENOSYS, a kernel that lacks the call, is closed", exited(38), [], null],
  ["a harmless error is closed", exited(22), [], null],
  ["another error is open", exited(9), [], "it was let in (error 9)"],
  ["SIGSYS, a filter that kills, is closed", 31, [], null],
  ["SIGSEGV where the kernel has no such interface is closed", 11, [11], null],
  ["SIGSEGV with a core is closed there too", 11 | 0x80, [11], null],
  [
    "a death that proves nothing says so",
    11,
    [],
    untried("signal 11 killed the program that makes the call"),
  ],
  ["SIGKILL proves nothing even there", 9, [11], untried("signal 9 killed the program that makes the call")],
  ["a call that never ran says so", -1, [11], untried("the program that makes the calls gave no answer")],
  ["no answer at all says so", undefined, [], untried("the program that makes the calls gave no answer")],
])("%s", (_, status, absentBy, expected) => {
  expect(seen(status, absentBy)).toEqual(expected);
});

describe("a probe proves nothing", () => {
  test("where the program that makes the calls is killed", () => {
    writeFileSync(join(directory, "killed"), "#!/bin/sh\nkill -9 $$\n", { mode: 0o755 });
    const call = { kind: "system call", index: 0, harmless: [], absentBy: [] };

    expect(tried([process.execPath, tryProbes], { program: "killed", probe: call })).toEqual(
      untried("SIGKILL killed the program that makes the calls"),
    );
  });

  const bare = ["unshare", "-m", "--", "sh", "-c", 'mount -t tmpfs none /proc; exec "$@"', "sh"];
  const mayMount = spawnSync("unshare", ["-m", "true"]).status === 0;
  test.each([
    [{ kind: "status", field: "CapEff", closed: ["0"] }, "/proc/self/status is missing, or does not tell it"],
    [{ kind: "limit", name: "Max processes", most: 10 }, "/proc/self/limits is missing, or does not tell it"],
    [{ kind: "hard to kill" }, "/proc/self/oom_score_adj is missing, or does not tell it"],
  ])("where the kernel does not tell: %o", (probe, why) => {
    // Not simulated where this user may mount nothing.
    if (!mayMount) return;

    expect(tried([...bare, process.execPath, tryProbes], { program: "killed", probe })).toEqual({
      untried: why,
      repair: expect.stringContaining("/proc"),
    });
  });
});

describe("a socket that meets itself reaches no host", () => {
  // One free port: a socket that looks for any is given the very one that it sends to.
  const alone = [
    ...["bwrap", "--dev-bind", "/", "/", "--proc", "/proc", "--unshare-net", "--", "sh", "-c"],
    ...["echo '45000 45000' >/proc/sys/net/ipv4/ip_local_port_range && exec \"$@\"", "sh"],
  ];
  const mayChange = spawnSync(alone[0] ?? "", [...alone.slice(1), "true"]).status === 0;

  test.each(["udp", "tcp"])("by %s", (kind) => {
    // Not simulated where this user may change nothing.
    if (!mayChange) return;

    const probe = { kind, host: "127.0.0.1", port: 45_000 };

    expect(tried([...alone, process.execPath, tryProbes], { program: "killed", probe })).toBeNull();
  });
});

/** What one probe comes to, tried by a command line. */
function tried(
  [file = "", ...argv]: string[],
  { program, probe }: { program: string; probe: object },
): unknown {
  const probes = join(directory, "one");
  writeFileSync(probes, JSON.stringify([{ name: "one", group: "limits", means: "", try: probe }]));
  const { stdout } = spawnSync(file, [...argv, probes, join(directory, program)], {
    encoding: "utf8",
    env: { ...process.env, TMPDIR: directory },
  });
  return (JSON.parse(stdout) as Record<string, unknown>)["limits: one"];
}
