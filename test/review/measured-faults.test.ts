import { expect, test } from "@jest/globals";
import type { Task } from "../../src/domain/task/task.ts";
import type { Ports } from "../../src/ports.ts";
import { faultsOf, measuredFaults } from "../../src/review/measured-faults.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";

const log = { sha256: "b".repeat(64), bytes: 12, head: "", tail: "not ok 1 - digits stay\n" };

test("a red validation is told with its end, drift with its paths, and what passed not at all", () => {
  const faults = faultsOf({
    validation: aMeasurement({ exitCode: 1, log }),
    checks: [
      { name: "validation", status: "fail", line: "exit code 1", findings: [] },
      {
        name: "scope",
        status: "attention",
        line: "1 path outside",
        findings: [{ path: "a.js", message: "drift" }],
      },
      {
        name: "tests",
        status: "attention",
        line: "weaker",
        findings: [{ path: "t.js", line: 3, message: "skipped" }],
      },
      { name: "size", status: "pass", line: "small", findings: [] },
      { name: "secrets", status: "not measured", line: "", findings: [] },
    ],
  });

  expect(faults).toEqual([
    { name: "drafthorse: validation", conclusion: "fail", output: "exit code 1\nnot ok 1 - digits stay" },
    { name: "drafthorse: scope", conclusion: "attention", output: "1 path outside\na.js: drift" },
    { name: "drafthorse: tests", conclusion: "attention", output: "weaker\nt.js:3: skipped" },
  ]);
});

test("of very many findings the rest is counted", () => {
  const findings = Array.from({ length: 25 }, (_, at) => ({ message: `finding ${at}` }));

  const [fault] = faultsOf({
    validation: null,
    checks: [{ name: "scope", status: "fail", line: "", findings }],
  });

  expect(fault?.output.split("\n")).toHaveLength(22);
  expect(fault?.output).toContain("and 5 more");
});

test("what people pushed and was measured is told, and not what stood there before", async () => {
  const check = (message: string) => ({
    checks: [{ name: "scope", status: "attention", line: message, findings: [] }],
    validation: null,
  });
  const kept: Record<string, object> = { old: check("an old path"), pushed: check("a pushed path") };
  const artefacts = {
    read: async (name: string) => Buffer.from(JSON.stringify({ ...someEvidence(), ...kept[name] })),
  };
  const commit = { commit: "c".repeat(40), tree: "d".repeat(40), verified: true };
  const proof = (artefact: string) => ({
    artefact,
    sha256: "e".repeat(64),
    verdict: "needs-attention" as const,
  });
  const attempts = [anAttempt({ commit, evidence: proof("old") })];
  const pushed = {
    head: "f".repeat(40),
    attempt: 1,
    run: 1,
    state: "measured" as const,
    evidence: proof("pushed"),
  };
  const told = async (task: Task) =>
    (await measuredFaults(task, { artefacts: artefacts as unknown as Ports["artefacts"] })).map(
      ({ output }) => output,
    );

  expect(await told(aTask({ state: "proposed", attempts }))).toEqual(["an old path"]);
  expect(await told(aTask({ state: "proposed", attempts, pushed }))).toEqual(["a pushed path"]);
});
