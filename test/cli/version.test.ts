import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { execa } from "execa";
import { fakeAgent } from "../fixtures/agents/fake-agent.ts";
import { openAgentBench } from "../support/agent-bench.ts";
import { testDirectory } from "../support/test-directory.ts";

const root = resolve(import.meta.dirname, "../../..");
const directory = testDirectory();

/** What npm would ship, under another version. */
function shipped(version: string): string {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const place = join(directory, "package");
  mkdirSync(join(place, "dist"), { recursive: true });
  cpSync(join(root, "dist/src"), join(place, "dist/src"), { recursive: true });
  writeFileSync(join(place, "package.json"), JSON.stringify({ ...manifest, version }));
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
  return place;
}

test("the version is the one of package.json beside the code, wherever that was put", async () => {
  const place = shipped("7.8.9-rc.1");

  const { stdout } = await execa(process.execPath, [join(place, "dist/src/cli/main.js"), "--version"], {
    cwd: directory,
  });

  expect(stdout).toBe("7.8.9-rc.1");
});

test("an agent is told the same one", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const bench = await openAgentBench();
  try {
    const { summary } = await bench.work(fakeAgent("mangles", "says who asked"));

    expect(JSON.parse(summary)).toEqual({ name: "drafthorse", version });
  } finally {
    await bench.close();
  }
});
