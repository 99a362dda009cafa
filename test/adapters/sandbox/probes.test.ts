import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "@jest/globals";
import { probeGroups } from "../../../src/adapters/sandbox/probes/probe.ts";
import { eventually, processesWith } from "../../support/processes.ts";

const execute = promisify(execFile);
const fixture = join(import.meta.dirname, "probe-fixture.js");
const main = join(import.meta.dirname, "../../../src/cli/main.js");
const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

/** Everybody's, so that the ordinary user can plant in it too. */
const directory = mkdtempSync(join(tmpdir(), "drafthorse-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Tried = { names: string[]; open: string[] };

async function probe(kind: "bwrap" | "none", launcher: string[] = []): Promise<Tried> {
  await chmod(directory, 0o777);
  const [file = "", ...argv] = [...launcher, process.execPath, fixture, kind];
  const { stdout } = await execute(file, argv, { env: { PATH: "/usr/bin:/bin", TMPDIR: directory } });
  return JSON.parse(stdout) as Tried;
}

describe("the probes", () => {
  test("are all kept out of by bubblewrap, and there are many in every group", async () => {
    const { names, open } = await probe("bwrap");

    expect(open).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(140);
    expect(new Set(names.map((name) => name.split(":")[0]))).toEqual(new Set(probeGroups));
  });

  test("find their way out in most cases where there is no wall", async () => {
    const { names, open } = await probe("none");

    expect(open.length / names.length).toBeGreaterThan(0.5);
    expect(new Set(open.map((name) => name.split(":")[0]))).toEqual(new Set(probeGroups));
  });

  (process.getuid?.() === 0 ? test : test.skip)("tell the same to an ordinary user", async () => {
    const [walled, plain] = [await probe("bwrap", nobody), await probe("none", nobody)];

    expect(walled.open).toEqual([]);
    expect(plain.open.length / plain.names.length).toBeGreaterThan(0.5);
  });

  test("leave nothing behind", async () => {
    await eventually("no process of a canary is left", () => processesWith("canary-") === 0);
  });
});

/** Runs the command where no namespaces can be had, as in many containers. */
function withoutNamespaces(...command: string[]): Promise<{ code?: number; stdout: string; stderr: string }> {
  const walls = ["--dev-bind", "/", "/", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"];
  const argv = [...walls, "--uid", "1000", process.execPath, main, ...command];
  return execute("bwrap", argv, { env: { PATH: "/usr/bin:/bin", AGENT: "exec:true" }, cwd: directory }).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test("drafthorse run refuses to work without a sandbox", async () => {
  const git = (...argv: string[]) =>
    execute("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...argv], { cwd: directory });
  await writeFile(join(directory, "brief.md"), "# Anything\n");
  await git("init", "-q");
  await git("commit", "-qm", "Begin", "--allow-empty");

  const ended = await withoutNamespaces("run", "brief.md");

  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/bubblewrap does not work here: .+SANDBOX=none/);
});

describe("drafthorse doctor", () => {
  test("says that all is closed and ends well, without colours where nobody looks", async () => {
    const env = { PATH: "/usr/bin:/bin", CI: "true" };
    const { stdout } = await execute(process.execPath, [main, "doctor", "sandbox"], { env });

    expect(stdout).toMatch(
      /^This machine\n {2}✓ sandbox +bubblewrap .+; all 1\d\d probes are closed\nNothing is wrong\.\n$/,
    );
  });

  test("says why there is no sandbox, and ends with 1", async () => {
    const failed = await withoutNamespaces("doctor", "sandbox", "--json");

    expect(failed).toMatchObject({ code: 1 });
    expect(JSON.parse(failed.stdout)).toEqual({
      ...{ version: 1, wrong: 1 },
      findings: [
        {
          ...{ check: "sandbox", state: "wrong", repair: expect.stringMatching(/^[A-Z].+\.$/) },
          line: expect.stringMatching(/^there is no sandbox: bubblewrap does not work here: ./),
        },
      ],
    });
  });
});
