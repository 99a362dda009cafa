import { expect, test } from "@jest/globals";
import { openSecrets } from "../../src/adapters/secrets/open-secrets.ts";
import type { Change, ChangedFile } from "../../src/domain/evidence/change.ts";
import { type Check, Evidence } from "../../src/domain/evidence/evidence.ts";
import { defaultPolicy, type Policy } from "../../src/domain/rules/policy.ts";
import { acceptedTask } from "../../src/domain/task/accepted-task.ts";
import type { Task } from "../../src/domain/task/task.ts";
import type { Trace } from "../../src/ports/traces.ts";
import type { Sandbox } from "../../src/ports/workshop.ts";
import type { Ports } from "../../src/ports.ts";
import { prove } from "../../src/proof/prove.ts";
import { FakeGitHub } from "../fakes/fake-github.ts";
import { FakeWorkshop } from "../fakes/fake-workshop.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";
import { aBrief, anAttempt, aTask } from "../fixtures/tasks.ts";

const base = { ref: "main", commit: "1".repeat(40), tree: "2".repeat(40) };
const side = (id: string) => ({ mode: "100644", id: id.repeat(40), bytes: 4 });
const tree = "a".repeat(40);
const code = { path: "src/a.js", before: side("3"), after: side("4") };
const tested = { path: "src/a.test.js", before: null, after: side("5") };

const [alone, back, broken] = ["b".repeat(40), "c".repeat(40), "d".repeat(40)];
/** What is run on each tree: the base, the change, the base with the tests of the change, and the other way round. */
const names = {
  [base.tree]: "base",
  [tree]: "change",
  [alone]: "tests",
  [back]: "base tests",
  [broken]: "broken",
};

/** A proof whose runs end as `exits` say for each tree, one exit code after the other; a run takes `minutes`. */
class Bench {
  readonly runs: string[] = [];
  readonly commands: (string | undefined)[] = [];
  readonly bounds: number[] = [];
  readonly workshop = new FakeWorkshop(new FakeGitHub());
  readonly exits: Record<string, (number | "cancel" | "time")[]> = {
    ...{ base: [0], change: [0], tests: [1], "base tests": [0], broken: [1] },
  };
  policy: Policy = defaultPolicy;
  files = [code, tested];
  code = "// nothing that is run";
  test = "";
  trace: Trace = { scripts: [], lines: new Map(), loaded: [], mapped: [], whole: true };
  minutes = 1;
  #now = Date.UTC(2026, 10, 21, 10);

  wait(hours: number): void {
    this.#now += hours * 3_600_000;
  }

  async prove(fields: Partial<Task> = {}): Promise<Evidence> {
    this.runs.length = 0;
    this.commands.length = 0;
    const change: Change = { base, tree, files: this.files, unpublishable: [], pack: "task/change-1.pack" };
    const { agent } = someEvidence();
    const task = acceptedTask(aTask({ attempts: [anAttempt({ base })], ...fields }));
    const { artefact } = await prove(
      task,
      { agent, change, signal: new AbortController().signal },
      this.#ports(),
    );
    return Evidence.parse(JSON.parse(Buffer.from(this.workshop.kept.get(artefact) ?? "").toString()));
  }

  #ports(): Ports {
    const { workshop } = this;
    return {
      clock: { now: () => new Date(this.#now) },
      policies: { of: async () => this.policy, read: async () => ({ policy: this.policy, problems: [] }) },
      artefacts: workshop.artefacts,
      worktrees: workshop.worktrees,
      testReports: workshop.testReports,
      dates: workshop.dates,
      traces: { ...workshop.traces, read: async () => this.trace },
      objects: {
        ...workshop.objects,
        compare: async () => this.files,
        texts: async function* (this: Bench, _: unknown, files: ChangedFile[]) {
          for (const file of files)
            yield { file, before: "", after: file.path === tested.path ? this.test : this.code };
        }.bind(this),
        list: async () => this.trace.loaded.map((path) => ({ path, id: "8".repeat(40) })),
        edit: async () => broken,
        compose: async (_: unknown, { before }: { before: string }) => (before === tree ? back : alone),
      },
      secrets: openSecrets([]),
      sandbox: {
        kind: "bwrap",
        run: async ({ command, bounds }: Parameters<Sandbox["run"]>[0]) => {
          this.commands.push(command.argv.at(-1));
          return this.#run(command.directory, bounds);
        },
      },
    } as unknown as Ports;
  }

  #run(directory: string, { totalMs }: { totalMs: number }) {
    const name = Object.entries(names).find(([id]) => directory.endsWith(id))?.[1] ?? "";
    const nth = this.runs.filter((run) => run === name).length;
    this.runs.push(name);
    this.bounds.push(totalMs / 60_000);
    const exit = this.exits[name]?.[nth] ?? this.exits[name]?.at(-1) ?? 0;
    this.#now += Math.min(this.minutes * 60_000, totalMs);
    const endedBy = typeof exit === "string" ? exit : "itself";
    return aMeasurement({ exitCode: typeof exit === "string" ? null : exit, endedBy }).exit;
  }
}

const row = (evidence: Evidence, name: Check["name"]) => {
  const check = evidence.checks.find((one) => one.name === name);
  return `${check?.status}: ${check?.line}`;
};

test("a change whose test goes red without it: three runs, one with other surroundings, and everything kept", async () => {
  const bench = new Bench();

  const evidence = await bench.prove();

  expect(bench.runs).toEqual(["change", "base", "tests", "change"]);
  expect(evidence).toMatchObject({ verdict: "passed", proofOfTest: { exit: { exitCode: 1 } } });
  expect(row(evidence, "proof of test")).toBe("pass: red without the rest of the change: exit code 1");
});

const two = { brief: { brief: aBrief({ validation: "npm run lint\nnpm test" }), sha256: "f".repeat(64) } };

test("a change with code that is run is watched once, and what no test ran gets attention", async () => {
  const bench = new Bench();
  bench.code = "f();\n";
  bench.trace = { ...bench.trace, loaded: [code.path] };
  const script = { path: code.path, source: bench.code, shift: 0 };
  bench.trace.scripts = [{ ...script, ran: [[0, 5]] }];
  const ran = await bench.prove();
  bench.trace.scripts = [{ ...script, ran: [] }];

  const missed = await bench.prove();

  expect(bench.runs).toEqual(["change", "tests", "change"]);
  expect(row(ran, "covered")).toBe("pass: the run reached the changed statement");
  expect(ran).toMatchObject({ verdict: "passed", covered: { log: "task-1001-12-1/covered-1.log" } });
  expect(row(missed, "covered")).toBe("attention: the run did not reach 1 of 1 changed statements");
  expect(missed.verdict).toBe("needs-attention");
});

test("several commands are run in their order, in the time of one, and each keeps its exit code", async () => {
  const bench = new Bench();
  bench.exits.tests = [0, 1];

  const evidence = await bench.prove(two);

  expect(bench.runs).toEqual(["change", "change", "base", "base", "tests", "tests", "change", "change"]);
  expect(bench.commands.slice(0, 2)).toEqual(["npm run lint", "npm test"]);
  expect(evidence.validation).toMatchObject({
    command: "npm run lint\nnpm test",
    exit: { exitCode: 0, durationMs: 2_400 },
    commands: [
      { command: "npm run lint", exitCode: 0, endedBy: "itself", durationMs: 1_200 },
      { command: "npm test", exitCode: 0 },
    ],
  });
  expect(row(evidence, "validation")).toBe("pass: exit code 0 of each of 2 commands");
  expect(row(evidence, "proof of test")).toBe(
    "pass: red without the rest of the change: `npm test`: exit code 1",
  );
});

test("the first command that fails ends the run, and is named", async () => {
  const bench = new Bench();
  bench.exits.change = [2];

  const evidence = await bench.prove(two);

  expect(bench.runs.slice(0, 3)).toEqual(["change", "change", "base"]);
  expect(evidence.validation).toMatchObject({
    exit: { exitCode: 2 },
    commands: [{ command: "npm run lint", exitCode: 2 }],
  });
  expect(row(evidence, "validation")).toBe("fail: `npm run lint`: exit code 2");
});

test("tests that pass without the change get attention", async () => {
  const bench = new Bench();
  bench.exits.tests = [0];

  const evidence = await bench.prove();

  expect(evidence.verdict).toBe("needs-attention");
  expect(row(evidence, "proof of test")).toMatch(/^attention: the tests pass without the rest/);
});

const bent = { path: "src/b.test.js", before: side("6"), after: side("7") };

test("the base's tests are run on the change where one of them was changed, and are once more where they are red", async () => {
  const bench = new Bench();
  bench.files = [code, bent] as typeof bench.files;
  expect(row(await bench.prove(), "base tests")).toBe("pass: the base's own tests are green on the change");
  bench.exits["base tests"] = [1];

  const evidence = await bench.prove();

  expect(bench.runs).toEqual(["change", "tests", "base tests", "base tests", "change"]);
  expect(evidence).toMatchObject({
    verdict: "needs-attention",
    baseTests: { tree: back, log: "task-1001-12-1/base-tests-1.log" },
    baseTestsAgain: { log: "task-1001-12-1/base-tests-again-1.log" },
  });
  expect(row(evidence, "base tests")).toMatch(/^attention: with the base's own test files/);
  expect(row(evidence, "shown")).toMatch(/^pass: the tests of the change are red/);
});

test("the base's tests are not run where only tests changed: that is the base", async () => {
  const bench = new Bench();
  bench.files = [bent] as typeof bench.files;
  bench.exits.base = [1];

  const evidence = await bench.prove();

  expect(bench.runs).toEqual(["change", "base", "base"]);
  expect(evidence.baseTests).toBeUndefined();
  expect(row(evidence, "base tests")).toMatch(/^attention: /);
  expect(row(evidence, "baseline")).toMatch(/^pass: not fixed: /);
});

test("the base's tests have their share of the proof's time and no more", async () => {
  const bench = new Bench();
  bench.policy = { ...defaultPolicy, limits: { ...defaultPolicy.limits, proofMinutes: 3 } };
  bench.files = [code, bent] as typeof bench.files;

  const evidence = await bench.prove();

  expect(bench.runs).toEqual(["change", "base", "tests"]);
  expect(row(evidence, "base tests")).toMatch(/^not measured: .*limits\.proofMinutes/);
});

test("a flaky validation is never green: both runs are kept, and its tests are not proved by it", async () => {
  const bench = new Bench();
  bench.exits.change = [1, 0];

  const evidence = await bench.prove();

  expect(bench.runs).toEqual(["change", "change", "base"]);
  expect(evidence).toMatchObject({
    verdict: "needs-attention",
    validation: { exit: { exitCode: 1 } },
    validationAgain: { exit: { exitCode: 0 } },
  });
  expect(row(evidence, "flaky")).toMatch(/^attention: flaky \(1\/2\)/);
});

test("the second task on a base runs the baseline 0 times, and says whose measurement it shows", async () => {
  const bench = new Bench();
  await bench.prove();

  const evidence = await bench.prove({ id: { repositoryId: 1001, issueNumber: 13, round: 1 } });

  expect(bench.runs).toEqual(["change", "tests", "change"]);
  expect(evidence.baseline).toMatchObject({
    log: "task-1001-12-1/baseline-1.log",
    earlier: { task: "task-1001-12-1" },
  });
  expect(row(evidence, "baseline")).toMatch(
    /^pass: still green.*\(the base was measured earlier, on 2026-11-21\)$/,
  );
});

test.each<[string, (bench: Bench) => Partial<Task>]>([
  ["another command", () => ({ brief: { brief: aBrief({ validation: "make check" }), sha256: "" } })],
  [
    "another environment",
    (bench) => {
      bench.policy = { ...defaultPolicy, validation: { ...defaultPolicy.validation, env: { A: "1" } } };
      return {};
    },
  ],
  ["another repository", () => ({ repository: { ...aTask().repository, id: 1002 } })],
  ["another base", () => ({ attempts: [anAttempt({ base: { ...base, tree: "9".repeat(40) } })] })],
  [
    "the next day",
    (bench) => {
      bench.wait(25);
      return {};
    },
  ],
])("the baseline is measured anew for %s", async (_, alter) => {
  const bench = new Bench();
  await bench.prove();

  const evidence = await bench.prove(alter(bench));

  expect(bench.runs).toHaveLength(4);
  expect(evidence.baseline?.earlier).toBeUndefined();
});

test.each<[string, (number | "cancel" | "time")[]]>([
  ["cancelled", ["cancel"]],
  ["flaky", [1, 0]],
  ["ended by its time", ["time", "time"]],
  ["red, then cancelled", [1, "cancel"]],
])("a baseline that was %s is not kept", async (_, exits) => {
  const bench = new Bench();
  bench.exits.base = exits;
  await bench.prove();

  const evidence = await bench.prove();

  expect(bench.runs).toContain("base");
  expect(evidence.baseline?.earlier).toBeUndefined();
});

test("a kept baseline that cannot be read is measured anew", async () => {
  const bench = new Bench();
  await bench.prove();
  const name = [...bench.workshop.kept.keys()].find((key) => key.startsWith("baselines-1001/"));
  bench.workshop.kept.set(name ?? "", Buffer.from("{"));

  await bench.prove();

  expect(bench.runs).toContain("base");
});

test("beyond limits.proofMinutes nothing more is run, and each row says why", async () => {
  const bench = new Bench();
  bench.policy = { ...defaultPolicy, limits: { ...defaultPolicy.limits, proofMinutes: 5 } };
  bench.minutes = 5;

  const evidence = await bench.prove();

  expect(bench.runs).toEqual(["change"]);
  expect(evidence.verdict).toBe("passed");
  for (const name of ["baseline", "proof of test"] as const)
    expect(row(evidence, name)).toMatch(/^not measured: .*limits\.proofMinutes/);
});

test("a run that the proof's end cuts short is no result", async () => {
  const bench = new Bench();
  bench.policy = { ...defaultPolicy, limits: { ...defaultPolicy.limits, proofMinutes: 5 } };
  bench.exits.change = ["time"];
  bench.minutes = 60;

  const evidence = await bench.prove();

  expect(bench.bounds).toEqual([5]);
  expect(evidence).toMatchObject({ verdict: "incomplete", validation: { cut: true } });
  expect(row(evidence, "validation")).toMatch(/^not measured: .*limits\.proofMinutes/);
});

test("a change of tests alone, or of code alone, on a red base is proved by three runs", async () => {
  const bench = new Bench();
  bench.exits.base = [1];
  for (const [files, elsewhere] of [
    [[tested], []],
    [[code], ["change"]],
  ]) {
    bench.wait(25);
    bench.files = files as typeof bench.files;
    expect(row(await bench.prove(), "proof of test")).toMatch(/^not measured: .*(tests alone|No test)/);
    expect(bench.runs).toEqual(["change", "base", "base", ...(elsewhere ?? [])]);
    expect([...bench.workshop.kept.keys()]).toContain("task-1001-12-1/baseline-again-1.log");
  }
});

test("a new assertion is broken once, and a run that stays green has found that it cannot fail", async () => {
  const bench = new Bench();
  const head = 'import test from "node:test";\nimport assert from "node:assert";\n';
  bench.test = `${head}test("ten", () => {\n  assert.equal(price(10), 9);\n});\n`;
  const noticed = row(await bench.prove(), "assertions");
  bench.exits.broken = [0, 1];

  const evidence = await bench.prove();

  expect(noticed).toBe("pass: 1 assertion was broken, and its test was red");
  expect(row(evidence, "assertions")).toMatch(/^attention: the one assertion that was broken cannot fail/);
  expect(evidence.assertions?.runs.map((run) => [run.exitCode, run.broken.length])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

const elsewhereOf = ({ elsewhere }: Evidence) => [elsewhere?.change, elsewhere?.base, elsewhere?.singles];

test("a change that is red with other surroundings alone is a question, and what makes it red is named", async () => {
  const bench = new Bench();
  bench.exits.change = [0, 1, 1, 1, 0, 0];

  const evidence = await bench.prove();

  expect(bench.runs).toEqual([
    "change",
    "base",
    "tests",
    ...["change", "change", "base"],
    ...Array(3).fill("change"),
  ]);
  expect(evidence.verdict).toBe("needs-attention");
  expect(row(evidence, "conditions")).toMatch(
    /^attention: The change is green .*, and red without `CI`\. On the base/,
  );
  expect(elsewhereOf(evidence).map((runs) => runs?.map(({ log }) => log))).toEqual([
    ["task-1001-12-1/elsewhere-1.log", "task-1001-12-1/elsewhere-again-1.log"],
    ["task-1001-12-1/elsewhere-base-1.log"],
    [
      "task-1001-12-1/elsewhere-ci-1.log",
      "task-1001-12-1/elsewhere-directory-1.log",
      "task-1001-12-1/elsewhere-date-1.log",
    ],
  ]);
});

test("where the base is red with them too the change is not blamed", async () => {
  const bench = new Bench();
  bench.exits.change = [0, 1];
  bench.exits.base = [0, 1];

  const evidence = await bench.prove();

  expect(evidence.verdict).toBe("passed");
  expect(row(evidence, "conditions")).toMatch(
    /^pass: .* comes to something else .*, and so it does on the base\.$/,
  );
});

test("the run that is watched for lines has other surroundings; where they make a difference, the usual ones tell of lines", async () => {
  const bench = new Bench();
  bench.code = "f();\n";
  bench.trace = { ...bench.trace, loaded: [code.path] };
  const script = { path: code.path, source: bench.code, shift: 0 };
  bench.trace.scripts = [{ ...script, ran: [[0, 5]] }];
  bench.exits.change = [0, 1, 0, 1, 1, 0];

  const evidence = await bench.prove();

  expect(evidence.covered).not.toHaveProperty("surroundings");
  expect(row(evidence, "covered")).toMatch(/^pass/);
  expect(row(evidence, "conditions")).toMatch(/^attention/);
});

test("a change of documents and tests alone is not run with other surroundings", async () => {
  const bench = new Bench();
  bench.files = [{ ...code, path: "README.md" }, tested] as typeof bench.files;

  const evidence = await bench.prove();

  expect(bench.runs).toEqual(["change", "base", "tests"]);
  expect(evidence.elsewhere).toBeUndefined();
});
