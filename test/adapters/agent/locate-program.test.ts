import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { locateProgram, programPaths } from "../../../src/adapters/agent/locate-program.ts";

const place = { root: "" };

beforeEach(async () => {
  place.root = await realpath(await mkdtemp(join(tmpdir(), "drafthorse-program-")));
});

afterEach(() => rm(place.root, { recursive: true, force: true }));

const at = (path: string): string => join(place.root, path);

async function file(path: string, text = "", mode = 0o755): Promise<string> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), text);
  await chmod(at(path), mode);
  return at(path);
}

describe("locateProgram", () => {
  test("leaves a program of the system as it is", async () => {
    expect(await locateProgram(["sh", "-c", "true"])).toEqual({
      argv: [expect.stringMatching(/^(\/usr)?\/bin\/sh$/), "-c", "true"],
      readable: [],
    });
  });

  test("takes the first executable on the path, and not a file that cannot run", async () => {
    await file("one/agent", "", 0o644);
    const agent = await file("two/agent", "\x7fELF");

    expect(await locateProgram(["agent"], `${at("one")}:${at("two")}`)).toEqual({
      argv: [agent],
      readable: [agent],
    });
  });

  test("resolves a link, and reads the modules that the package came with", async () => {
    const real = await file("lib/node_modules/@x/agent/bin/cli.js", "#!/usr/bin/env node\n");
    await mkdir(at("bin"));
    await symlink("../lib/node_modules/@x/agent/bin/cli.js", at("bin/agent"));

    expect(await locateProgram(["agent", "--acp"], `${at("bin")}:/usr/bin`)).toEqual({
      argv: [real, "--acp"],
      readable: [at("lib/node_modules")],
    });
  });

  test.each([["no-such-agent"], ["/no/such/agent"], [""]])("says that %j was not found", async (name) => {
    await expect(locateProgram([name])).rejects.toMatchObject({
      kind: "agent-unavailable",
      message: `The agent's program "${name}" was not found: install it, or correct AGENT.`,
    });
  });
});

describe("programPaths", () => {
  test("opens of a package only what runs, never its secrets", async () => {
    await file("app/package.json", "{}");
    await file("app/.env", "SECRET=1");
    await file("app/node_modules/zod/index.js");
    const script = await file("app/dist/src/agent.js");

    expect(await programPaths(["/usr/bin/node", script])).toEqual([
      at("app/dist"),
      at("app/node_modules"),
      at("app/package.json"),
    ]);
  });

  test("opens a file that is named, and no directory", async () => {
    const settings = await file("settings.json", "{}", 0o644);
    await mkdir(at("folder"));

    expect(await programPaths(["agent", settings, at("folder"), "/", "relative", at("none")])).toEqual([
      settings,
    ]);
  });

  test("opens the interpreter of a script that is outside the system", async () => {
    const runtime = await file("runtime/bin/node", "\x7fELF");
    const script = await file("tool/run", "#!/usr/bin/env -S node --flag\n");
    const direct = await file("tool/direct", `#!${runtime}\n`);

    expect(await programPaths([script], at("runtime/bin"))).toEqual([runtime, script]);
    expect(await programPaths([direct])).toEqual([runtime, direct]);
  });
});
