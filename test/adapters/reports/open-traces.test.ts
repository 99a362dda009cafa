import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { openTraces } from "../../../src/adapters/reports/open-traces.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { Trace } from "../../../src/ports/traces.ts";
import { placesIn } from "../../../src/proof/checks/covered/code-places.ts";
import { weighTrace } from "../../../src/proof/checks/covered/weigh-trace.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";

const root = testDirectory();
let sandbox: OpenedSandbox;

beforeAll(async () => {
  sandbox = await openSandbox({ kind: "bwrap" });
});

/** What a command in a checkout of these files is seen to run, as the validation is run. */
async function seen(line: string, files: Record<string, string>): Promise<{ trace: Trace; tail: string }> {
  const directory = realpathSync(mkdtempSync(join(root, "checkout-")));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  mkdirSync(join(directory, ".git"));
  const traces = openTraces({ sandbox });
  const { told, readable } = await traces.begin(directory, Object.keys(files));
  const command = shell(line, { directory, writable: [directory] });
  const environment = told({
    ...command.environment,
    NODE_OPTIONS: "--no-warnings",
    PYTHONDONTWRITEBYTECODE: "1",
  });
  const exit = await runIn(sandbox, { ...command, readable, environment }, { directory: root });
  return { trace: await traces.read(directory, Object.keys(files)), tail: exit.log.tail };
}

/** The lines of a file that were run, and those that were not, as far as that is sure. */
function linesOf(path: string, { text, trace }: { text: string; trace: Trace }) {
  const code = placesIn(path, text);
  const told = code ? [...weighTrace(code, trace)] : [];
  const of = (wanted: boolean | undefined) =>
    told.filter(([, ran]) => ran === wanted).flatMap(([{ lines }]) => lines);
  return { ran: of(true), missed: of(false), unsure: of(undefined) };
}

const script = `function sign(n) {
  if (n > 0) {
    return "pos";
  }
  return n < 0 ? "neg" : "zero";
}
function never() {
  return 1;
}
module.exports = { sign, never };
`;
const use = `if (require("./sign.js").sign(3) !== "pos") process.exit(1);\n`;

describe("what Node.js ran", () => {
  test.each([
    ["a program", "node use.js"],
    ["a test runner", "node --test use.js"],
    [
      "a child that is given an environment of its own",
      `node -e "require('child_process').execFileSync(process.execPath, ['use.js'], { env: { PATH: process.env.PATH } })"`,
    ],
    [
      "a child that is spawned so",
      `node -e "require('child_process').spawn(process.execPath, ['use.js'], { env: {} })"`,
    ],
    ["a worker thread", `node -e "new (require('worker_threads').Worker)('./use.js')"`],
    [
      "a process that is told to end",
      `node -e "require('./use.js'); setInterval(() => {}, 9e6); process.kill(process.pid)"`,
    ],
    [
      "a process that exits while it ends",
      `node -e "process.on('exit', () => { require('./use.js'); process.exit(); })"`,
    ],
    [
      "a process that exits by itself",
      `node -e "process.on('exit', () => require('./use.js')); process.exit()"`,
    ],
  ])("in %s", async (_, line) => {
    const { trace } = await seen(line, { "sign.js": script, "use.js": use });

    expect(linesOf("sign.js", { text: script, trace })).toEqual({
      ran: [2, 3, 10],
      missed: [5, 8],
      unsure: [],
    });
    expect(trace).toMatchObject({ whole: true, loaded: expect.arrayContaining(["sign.js", "use.js"]) });
  });

  test("is not whole where a process or a thread is ended at once", async () => {
    const killed = `node -e "require('./use.js'); process.kill(process.pid, 'SIGKILL')"`;
    const thread = `node -e "const w = new (require('worker_threads').Worker)('require(\\"./use.js\\"); setInterval(() => {}, 9e6)', { eval: true }); setTimeout(() => w.terminate(), 500)"`;

    for (const line of [killed, thread])
      expect((await seen(line, { "sign.js": script, "use.js": use })).trace.whole).toBe(false);
  });

  test("is told of the file that a script says it was made of, and of no other text", async () => {
    const source = `export const sign = (n: number): string => {\n  if (n > 0)\n    return "pos";\n  return "neg";\n};\n`;
    const made = `exports.sign = (n) => {\nif (n > 0)\nreturn "pos";\nreturn "neg";\n};\n`;
    const mappings = "AAAA,aAAa;AACX;AACE;AACF;AACF";
    const map = (content: string) =>
      Buffer.from(
        JSON.stringify({
          version: 3,
          sources: ["../src/sign.ts"],
          sourcesContent: [content],
          names: [],
          mappings,
        }),
      ).toString("base64");
    const built = (content: string) =>
      `${made}//# sourceMappingURL=data:application/json;base64,${map(content)}\n`;
    const line = `node -e "require('./dist/sign.js').sign(3)"`;

    const own = await seen(line, { "src/sign.ts": source, "dist/sign.js": built(source) });
    const other = await seen(line, { "src/sign.ts": source, "dist/sign.js": built("older") });

    expect(linesOf("src/sign.ts", { text: source, trace: own.trace })).toEqual({
      ran: [1, 2, 3],
      missed: [4],
      unsure: [],
    });
    expect(own.trace.mapped).toEqual(["dist/sign.js"]);
    expect(linesOf("src/sign.ts", { text: source, trace: other.trace }).unsure).toEqual([1, 2, 3, 4]);
  });
});

describe("what Python ran", () => {
  const module = `LIMIT = 3\n\n\ndef sign(n):\n    if n > 0:\n        return "pos"\n    return "neg"\n\n\ndef never():\n    return 1\n`;

  test.each([
    ["a program", "python3 -c 'import sign; sign.sign(3)'"],
    ["a runner", "python3 -m unittest -q test_sign.py"],
    [
      "a thread",
      "python3 -c 'import sign, threading; t = threading.Thread(target=sign.sign, args=(3,)); t.start(); t.join()'",
    ],
    ["a process that ends at once", "python3 -c 'import os, sign; sign.sign(3); os._exit(0)'"],
  ])("in %s", async (_, line) => {
    const unit = `import unittest\nfrom sign import sign\n\nclass T(unittest.TestCase):\n    def test(self):\n        sign(3)\n`;

    const { trace } = await seen(line, { "sign.py": module, "test_sign.py": unit });

    expect(linesOf("sign.py", { text: module, trace })).toEqual({
      ran: [1, 5, 6],
      missed: [7, 11],
      unsure: [],
    });
  });

  test("is not whole where somebody else traces", async () => {
    const line = "python3 -c 'import sign, sys; sys.settrace(None); sign.sign(3)'";

    expect((await seen(line, { "sign.py": module })).trace.whole).toBe(false);
  });

  test("leaves the machine's own sitecustomize its turn", async () => {
    const line = "PYTHONPATH=$PYTHONPATH:own python3 -c 'import sys; print(sys.own)'";

    expect((await seen(line, { "own/sitecustomize.py": "import sys\nsys.own = 'mine'\n" })).tail).toBe(
      "mine\n",
    );
  });
});

test("what was written by others than the tracers is not believed", async () => {
  const forge = `mkdir -p .git/drafthorse-trace; cd .git/drafthorse-trace; echo '{"scripts": 1}' > a.json; ln -s /etc/passwd b.json; mkdir c.json`;

  expect((await seen(forge, {})).trace).toMatchObject({ whole: false, scripts: [], loaded: [] });
});

describe("what the tests of Go ran", () => {
  const mod = { "lib/go.mod": "module example.com/lib\n\ngo 1.19\n" };
  const code = `package lib

func Sign(n int) string {
	if n > 0 {
		return "pos"
	}
	return "neg"
}
`;
  const use = `package lib

import "testing"

func TestSign(t *testing.T) {
	if Sign(3) != "pos" {
		t.Fatal("not pos")
	}
}
`;
  const go = "HOME=$PWD GOPROXY=off GOTOOLCHAIN=local go";

  test.each([
    ["in its folder", `cd lib && ${go} test ./...`],
    ["by a command that has arguments of its own", `cd lib && ${go} test -run Sign -count=1 . -args x`],
  ])("%s", async (_, line) => {
    const files = { ...mod, "lib/sign.go": code, "lib/sign_test.go": use };

    const { trace, tail } = await seen(line, files);

    expect([trace.whole, tail]).toEqual([true, expect.stringContaining("ok")]);
    const { ran, code: all } = trace.lines.get("lib/sign.go") ?? {};
    expect([...(all ?? [])].filter((one) => !ran?.has(one))).toEqual([7]);
    expect(trace.loaded).toEqual(["lib/sign.go"]);
  });
});
