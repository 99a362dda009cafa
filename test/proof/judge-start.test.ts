import { describe, expect, test } from "@jest/globals";
import type { Measurement } from "../../src/domain/evidence/evidence.ts";
import type { Exit } from "../../src/domain/evidence/exit.ts";
import type { Brief } from "../../src/domain/task/brief.ts";
import { readCounts } from "../../src/proof/counts/read-counts.ts";
import { judgeStart } from "../../src/proof/judge-start.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

type Fields = Partial<Pick<Brief, "kind" | "dependencies" | "goal" | "scope">>;

function aBrief(fields: Fields = {}): Brief {
  return {
    ...{ goal: "Mend it, please.", nonGoals: ["none"], validation: "npm test" },
    ...{ doneWhen: [], boundary: { reviewers: [], ask: [], never: [] } },
    ...{ scope: [], constraints: [], kind: "bug fix", dependencies: [], budget: {}, dependsOn: [] },
    ...fields,
  };
}

/** A run whose output is `tail`, with the counts that are read from it. */
function aRun(tail: string, exit: Partial<Exit> = {}): Measurement {
  const run = aMeasurement({
    exitCode: 1,
    ...exit,
    log: { sha256: "", bytes: tail.length, head: tail, tail },
  });
  const counts = readCounts(run.exit);
  return { ...run, ...(counts && { counts }) };
}

function judged(tail: string, exit: Partial<Exit> = {}, brief: Fields = {}) {
  return judgeStart({ runs: [aRun(tail, exit)], why: "" }, { brief: aBrief(brief), project: "calc-lib" });
}

const mochaGreen = "\n  2 passing (4ms)\n";
const pytestNone = "============================ no tests ran in 0.01s ============================\n";

describe("a command that cannot start on the base", () => {
  test.each<[string, string, Partial<Exit>, "setup" | "brief", RegExp]>([
    ["no such program", "sh: 1: mocha: not found\n", { exitCode: 127 }, "setup", /`mocha` is not installed/],
    ["none, said by bash", "bash: line 1: uv: command not found\n", { exitCode: 127 }, "setup", /`uv`/],
    [
      "none, said by env",
      "/usr/bin/env: ‘deno’: No such file or directory\n",
      { exitCode: 127 },
      "setup",
      /`deno`/,
    ],
    [
      "a file that may not run",
      "sh: 1: ./test.sh: Permission denied\n",
      { exitCode: 126 },
      "brief",
      /sh FILE/,
    ],
    ["no such script", 'npm error Missing script: "tset"\n', {}, "brief", /no script `tset`/],
    ["no such command of npm", 'Unknown command: "tset"\n\nTo see a list\n', {}, "brief", /`tset`/],
    ["no such script of yarn", 'error Command "tset" not found.\n', {}, "brief", /`tset`/],
    [
      "no such target",
      "make: *** No rule to make target 'tset'.  Stop.\n",
      { exitCode: 2 },
      "brief",
      /target `tset`/,
    ],
    [
      "no such tests",
      `${pytestNone}ERROR: file or directory not found: tests/no.py\n`,
      { exitCode: 4 },
      "brief",
      /pytest finds no `tests\/no\.py`/,
    ],
    [
      "no such plugin",
      "ERROR: usage: pytest [options]\npytest: error: unrecognized arguments: --cov\n",
      { exitCode: 4 },
      "setup",
      /`--cov`/,
    ],
    [
      "a go.sum that was not kept up",
      "add_test.go:6:2: missing go.sum entry for module providing package github.com/google/go-cmp/cmp (imported by a.test/b); to add:\n\tgo get -t a.test/b\n",
      {},
      "setup",
      /no entry for `github\.com\/google\/go-cmp\/cmp` .*go mod tidy/,
    ],
    ["no such runner", "/usr/bin/python3: No module named pytest\n", {}, "setup", /package `pytest`/],
    ["no such package", "Error: Cannot find module 'ms'\nRequire stack:\n", {}, "setup", /package `ms`/],
    [
      "no such package of a scope",
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@acme/x' imported from /work/a.js\n# tests 1\n# pass 0\n# fail 1\n",
      {},
      "setup",
      /package `@acme\/x`/,
    ],
    ["no such package of python", "E   ModuleNotFoundError: No module named 'yaml'\n", {}, "setup", /`yaml`/],
    ["no network", "npm error code ENOTCACHED\n", {}, "setup", /network.*validation\.network/],
    [
      "no test in jest",
      "No tests found, exiting with code 1\nRun with `--passWithNoTests`\n",
      {},
      "brief",
      /not one test ran/,
    ],
    ["no such file of node's runner", "Could not find '/work/nosuch'\n", {}, "brief", /there is no `nosuch`/],
    [
      "no such file of python",
      "python3: can't open file '/work/check.py': [Errno 2]\n",
      { exitCode: 2 },
      "brief",
      /`check\.py`/,
    ],
    [
      "no such file of sh",
      "sh: 0: cannot open check.sh: No such file\n",
      { exitCode: 2 },
      "brief",
      /`check\.sh`/,
    ],
    ["no such option", "node: bad option: --tset\n", { exitCode: 9 }, "brief", /option `--tset`/],
    [
      "no module of go",
      "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
      {},
      "brief",
      /`go\.mod`.*cd DIRECTORY/,
    ],
    [
      "no crate",
      "error: could not find `Cargo.toml` in `/work` or any parent directory\n",
      { exitCode: 101 },
      "brief",
      /`Cargo\.toml`/,
    ],
    [
      "no package",
      "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/work/package.json'\n",
      { exitCode: 254 },
      "brief",
      /`package\.json`/,
    ],
    [
      "no makefile",
      "make: *** No targets specified and no makefile found.  Stop.\n",
      { exitCode: 2 },
      "brief",
      /`makefile`/,
    ],
    ["no test in pytest", pytestNone, { exitCode: 5 }, "brief", /not one test ran/],
    ["no test, and green", "# tests 0\n# pass 0\n# fail 0\n", { exitCode: 0 }, "brief", /not one test ran/],
  ])("%s", (_, tail, exit, kind, words) => {
    const failure = judged(tail, exit);

    expect(failure?.kind).toBe(kind);
    expect(failure?.message).toMatch(/^`npm test` cannot start on the base branch: /);
    expect(failure?.message).toMatch(words);
    expect(failure?.message).toContain(tail.trim() === "" ? "It wrote nothing" : tail.trim().split("\n")[0]);
  });
});

describe("a command that ran, be it red", () => {
  test.each<[string, string, Partial<Exit>, Fields]>([
    ["green", mochaGreen, { exitCode: 0 }, {}],
    ["green without a count", "all is well\n", { exitCode: 0 }, {}],
    ["red without a count", "src/a.js:3 error no-unused-vars\n", {}, {}],
    ["red with tests that pass", `${mochaGreen}  1 failing\nError: Cannot find module 'ms'\n`, {}, {}],
    ["red for a file that the change is to make", "Error: Cannot find module './slug'\n", {}, {}],
    ["red for a folder", "Error: Cannot find module 'buffer/' from '/work/test'\n", {}, {}],
    ["red for a file below an alias", "Cannot find module '@/cart' from 'test/cart.test.ts'\n", {}, {}],
    [
      "red for a module that the brief speaks of",
      "E   ModuleNotFoundError: No module named 'slugs'\n",
      {},
      { goal: "Write the module `slugs` that turns titles into slugs." },
    ],
    [
      "red for a module that the scope names",
      "E   ModuleNotFoundError: No module named 'slugs'\n",
      {},
      { scope: ["src/slugs.py"] },
    ],
    ["red for a part of a package", "ModuleNotFoundError: No module named 'shop.cart'\n", {}, {}],
    [
      "red for a package that the brief declares",
      "Error: Cannot find module 'ms'\n",
      {},
      { dependencies: [{ name: "ms" }] },
    ],
    ["without a test, which the brief asks for", pytestNone, { exitCode: 5 }, { kind: "test backfill" }],
    ["ended with 127 by itself", "3 links are dead\n", { exitCode: 127 }, {}],
    ["ended with 126 without a word", "", { exitCode: 126 }, {}],
    ["red for the project's own module", "ModuleNotFoundError: No module named 'calclib'\n", {}, {}],
    [
      "without the file that the brief speaks of",
      "Could not find '/work/test/slug.test.js'\n",
      {},
      { scope: ["test/slug.test.js"] },
    ],
    [
      "without a test, and the goal asks for the first",
      pytestNone,
      { exitCode: 5 },
      { goal: "Write the first tests of this project." },
    ],
    ["without a test, and the scope has one", pytestNone, { exitCode: 5 }, { scope: ["tests/test_cart.py"] }],
    ["stopped by time", "", { exitCode: null, endedBy: "time" }, {}],
    ["cancelled", "sh: 1: mocha: not found", { exitCode: null, endedBy: "cancel" }, {}],
  ])("%s", (_, tail, exit, brief) => {
    expect(judged(tail, exit, brief)).toBeUndefined();
  });

  test.each<[string, string, string | undefined]>([
    ["the second is not there", "sh: 1: foobar: not found\n", "`foobar` is not installed"],
    ["the second is red", "3 links are dead\n", undefined],
  ])("of several, %s", (_, said, why) => {
    const tail = `$ npm test\n# tests 2\n# pass 2\n# fail 0\n\n$ foobar\n${said}`;
    const short = { signal: null, endedBy: "itself", durationMs: 1 } as const;
    const run = {
      ...aRun(tail, { exitCode: 127 }),
      command: "npm test\nfoobar",
      commands: [
        { command: "npm test", exitCode: 0, ...short },
        { command: "foobar", exitCode: 127, ...short },
      ],
    };

    const failure = judgeStart({ runs: [run], why: "" }, { brief: aBrief(), project: "shop" });

    expect(failure?.message).toEqual(
      why && expect.stringContaining(`\`foobar\` cannot start on the base branch: ${why}`),
    );
  });

  test("was not measured", () => {
    expect(judgeStart({ runs: [], why: "late" }, { brief: aBrief(), project: "shop" })).toBeUndefined();
  });
});
