import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { chained } from "../../src/domain/evidence/history-chain.ts";
import { type FoundFacts, weighEvidence } from "../../src/proof/audit/weigh-evidence.ts";
import { weighHistory } from "../../src/proof/audit/weigh-history.ts";
import { runsOf } from "../../src/proof/audit/weigh-logs.ts";
import { weighQuestions } from "../../src/proof/audit/weigh-questions.ts";
import { aTask } from "../fixtures/tasks.ts";

/** As a version before this one left it on a disk. */
const text = readFileSync(resolve(import.meta.dirname, "../../../test/fixtures/evidence-1.json"), "utf8");
const evidence = Evidence.parse(JSON.parse(text));
const sha256Of = (content: string) => createHash("sha256").update(content).digest("hex");

const facts = (fields: Partial<FoundFacts["repository"] & object> = {}, told = text): FoundFacts => ({
  sha256: sha256Of(told),
  logs: new Map(runsOf(evidence).map(({ log, exit }) => [log, exit.log.sha256])),
  repository: {
    baseTree: evidence.base.tree,
    files: evidence.files,
    commits: [{ commit: "c".repeat(40), tree: evidence.tree, evidenceSha256: sha256Of(text) }],
    ...fields,
  },
});
const wrong = (told: Evidence, found: FoundFacts): string[] =>
  weighEvidence(told, found)
    .filter(({ holds }) => holds === false)
    .map(({ what }) => what);

test("evidence of an earlier version is read, and holds", () => {
  expect(weighEvidence(evidence, facts()).filter(({ holds }) => holds !== true)).toEqual([]);
});

test("what nobody looked at neither holds nor fails", () => {
  const weighed = weighEvidence(evidence, { sha256: "", logs: new Map(), repository: undefined });

  expect(weighed.filter(({ holds }) => holds === undefined).map(({ what }) => what)).toEqual([
    ...runsOf(evidence).map(({ log }) => `log ${log}`),
    "repository",
  ]);
});

const other = "9".repeat(40);
const green = { ...evidence.validation?.exit, exitCode: 0 };
test.each<[string, Evidence, FoundFacts, string[]]>([
  ["a verdict", { ...evidence, verdict: "failed" }, facts(), ["verdict"]],
  [
    "a row",
    {
      ...evidence,
      checks: evidence.checks.map((one) => (one.name === "baseline" ? { ...one, status: "fail" } : one)),
    },
    facts(),
    ["verdict", "baseline"],
  ],
  [
    "an exit code",
    { ...evidence, baseline: { ...evidence.baseline, exit: green } as Evidence["baseline"] },
    facts(),
    [`log ${evidence.baseline?.log}`],
  ],
  ["the tree", { ...evidence, tree: other }, facts(), ["runs", "commit"]],
  ["the base's tree in the repository", evidence, facts({ baseTree: other }), ["base tree"]],
  ["a base that is not there", evidence, facts({ baseTree: undefined }), ["base tree"]],
  ["the files", { ...evidence, files: [] }, facts(), ["changed files"]],
  ["trees that are not there", evidence, facts({ files: undefined }), ["changed files"]],
  ["no commit", evidence, facts({ commits: [] }), ["commit"]],
  [
    "another commit",
    evidence,
    facts({ commits: [{ commit: other, tree: other, evidenceSha256: sha256Of(text) }] }),
    ["commit"],
  ],
  [
    "the submodules that are said to have been there",
    { ...evidence, base: { ...evidence.base, submodules: [{ path: "lib", commit: other, url: null }] } },
    facts({}, `${text}\n`),
    ["commit"],
  ],
  ["another evidence", evidence, facts({}, `${text} `), ["commit"]],
])("names what does not hold: %s", (_, told, found, expected) => {
  expect(wrong(told, found)).toEqual(expected);
});

describe("several commands of a run", () => {
  const told = (codes: number[], exitCode: number): Evidence => {
    const run = evidence.validation as NonNullable<Evidence["validation"]>;
    const exit = { ...run.exit, exitCode };
    const commands = codes.map((code, index) => {
      const { signal, endedBy, durationMs } = run.exit;
      return { command: ["a", "b"][index] ?? "c", exitCode: code, signal, endedBy, durationMs };
    });
    return { ...evidence, validation: { ...run, command: "a\nb", commands, exit } };
  };
  const { exitCode } = evidence.validation?.exit ?? {};

  test.each<[string, number[], number, boolean]>([
    ["each well", [0, 0], 0, true],
    ["the first badly", [2], 2, true],
    ["the first badly, and the run well", [2], 0, false],
    ["one after one that failed", [2, 0], 0, false],
    ["one left out", [0], 0, false],
    ["one more than the brief has", [0, 0, 0], 0, false],
  ])("that ended %s", (_, codes, whole, holds) => {
    expect(exitCode).toBe(0);

    expect(wrong(told(codes, whole), facts()).includes("commands")).toBe(!holds);
  });
});

const noTrial = { runs: [], noticed: 0, untried: [], unread: [], left: 0 };
const brokenRun = {
  ...{ tree: other, exitCode: 0, endedBy: "itself", durationMs: 10, log: "assertions-1.log", logSha256: "a" },
  broken: [{ path: "a.test.js", line: 2, text: "assert.equal(a, 1)", test: "a" }],
};

describe("a row that no run bears out", () => {
  const withChecks = (checks: Evidence["checks"]): Evidence => ({ ...evidence, checks });
  const setting = (name: string, status: "pass") =>
    withChecks(evidence.checks.map((one) => (one.name === name ? { ...one, status } : one)));

  const run = evidence.validation as NonNullable<Evidence["validation"]>;
  const around = {
    ...{ changed: ["CI" as const], unchanged: [], change: [], base: [], singles: [] },
    why: "",
  };
  const elsewhere = { ...run, surroundings: ["CI" as const] };
  const redElsewhere = { ...elsewhere, tree: evidence.tree, exit: { ...run.exit, exitCode: 1 } };
  const greenElsewhere = { ...elsewhere, tree: evidence.base.tree };
  const shown = { name: "shown" as const, status: "pass" as const, line: "", findings: [] };

  test.each<[string, Evidence, string[]]>([
    ["a proof of test without its run", setting("proof of test", "pass"), ["proof of test"]],
    ["two red runs that never were", setting("flaky", "pass"), ["flaky"]],
    [
      "a change that is shown by nothing",
      {
        ...withChecks([...evidence.checks.slice(0, 4), shown, ...evidence.checks.slice(4)]),
        baseline: { ...run, tree: evidence.base.tree },
      },
      ["shown"],
    ],
    [
      "an assertion that no green run found",
      {
        ...withChecks([
          ...evidence.checks.slice(0, 4),
          { name: "assertions", status: "pass", line: "", findings: [] },
          ...evidence.checks.slice(4),
        ]),
        assertions: { ...noTrial, runs: [brokenRun] },
      },
      ["assertions"],
    ],
    [
      "lines that nobody watched",
      withChecks([
        ...evidence.checks.slice(0, 4),
        { ...shown, name: "covered", status: "attention" },
        ...evidence.checks.slice(4),
      ]),
      ["verdict", "covered"],
    ],
    [
      "lines of a run that was red",
      {
        ...withChecks([
          ...evidence.checks.slice(0, 4),
          { ...shown, name: "covered" },
          ...evidence.checks.slice(4),
        ]),
        covered: { ...run, exit: { ...run.exit, exitCode: 1 } },
      },
      ["covered"],
    ],
    [
      "a change that is red elsewhere, and a row that does not say so",
      {
        ...withChecks([
          ...evidence.checks.slice(0, 4),
          { name: "conditions", status: "pass", line: "", findings: [] },
          ...evidence.checks.slice(4),
        ]),
        validation: { ...run, tree: evidence.tree },
        baseline: { ...run, tree: evidence.base.tree },
        elsewhere: { ...around, change: [redElsewhere, redElsewhere], base: [greenElsewhere] },
      },
      ["surroundings"],
    ],
    ["the same result elsewhere that no run shows", { ...evidence, elsewhere: around }, ["surroundings"]],
    ["a row taken out", withChecks(evidence.checks.filter(({ name }) => name !== "tests")), ["rows"]],
    [
      "a second row that hides the first",
      withChecks([...evidence.checks, { name: "tests", status: "pass", line: "", findings: [] }]),
      ["rows"],
    ],
  ])("%s", (_, told, expected) => {
    expect(wrong(told, { ...facts(), repository: undefined })).toEqual(expected);
  });
});

describe("each field of the evidence, changed", () => {
  const run = evidence.baseline as NonNullable<Evidence["baseline"]>;
  const changed: Record<keyof Evidence, Partial<Evidence>> = {
    version: { version: 2 as never },
    task: { task: { ...evidence.task, issueNumber: 99 } },
    briefSha256: { briefSha256: "0".repeat(64) },
    base: { base: { ...evidence.base, tree: "9".repeat(40) } },
    tree: { tree: "9".repeat(40) },
    files: { files: [] },
    setup: { setup: { run: "true" } },
    skippedSteps: { skippedSteps: [{ from: "a.yml", step: "sudo true", why: "it wants rights" }] },
    wantedTools: { wantedTools: [{ tool: "Go", wanted: "1.22", from: "go.mod", here: "1.19.8" }] },
    wantedNode: { wantedNode: { wanted: "22", from: ".nvmrc", here: "20.18.0" } },
    validation: { validation: null },
    validationAgain: { validationAgain: { ...run, tree: "9".repeat(40) } },
    baseline: { baseline: { ...run, tree: "9".repeat(40) } },
    baselineAgain: { baselineAgain: { ...run, tree: "9".repeat(40) } },
    proofOfTest: { proofOfTest: run },
    baseTests: { baseTests: run },
    baseTestsAgain: { baseTestsAgain: run },
    assertions: { assertions: { ...noTrial, left: 2 } },
    covered: { covered: run },
    elsewhere: { elsewhere: { changed: ["CI"], unchanged: [], change: [], base: [], singles: [], why: "" } },
    pushed: { pushed: "9".repeat(40) },
    noTest: { noTest: "the brief is of the kind `docs or cleanup`" },
    checks: { checks: [] },
    verdict: { verdict: "failed" },
    agent: { agent: { ...evidence.agent, summary: "I did it all by myself." } },
    historySha256: { historySha256: "0".repeat(64) },
    measuredAt: { measuredAt: "2020-01-01T00:00:00.000Z" },
  };

  test.each(Object.entries(changed))(
    "%s: found, or named as not covered without the commit",
    (key, fields) => {
      const text = JSON.stringify({ ...evidence, ...fields });
      const told = reads(text);
      if (!told) return;
      const alone = weighEvidence(told, { ...facts({}, text), repository: undefined });
      const notCovered = alone.find(({ what }) => what === "repository")?.line ?? "";

      expect(alone.some(({ holds }) => holds === false) || notCovered.includes(key)).toBe(true);
      expect(wrong(told, facts({}, text))).toContain("commit");
    },
  );
});

test("a byte changed anywhere is found", () => {
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom("0", "1", "a", '"', " ", "}"), (at, char) => {
      fc.pre(text[at] !== char);
      const changed = text.slice(0, at) + char + text.slice(at + 1);
      expect(
        reads(changed) && wrong(reads(changed) as Evidence, facts({}, changed)).length === 0,
      ).toBeFalsy();
    }),
  );
});

function reads(changed: string): Evidence | undefined {
  try {
    return Evidence.parse(JSON.parse(changed));
  } catch {
    return undefined;
  }
}

test.each([
  ["hold", {}, "q", []],
  ["about other evidence", { evidenceSha256: "f" }, "q", ["questions evidence"]],
  ["that were changed", {}, "r", ["questions history"]],
])("questions beside their evidence: %s", (_, fields, sha256, expected) => {
  const task = { repositoryId: 1, issueNumber: 2, round: 1, attempt: 1 };
  const told = {
    version: 1 as const,
    task,
    evidenceSha256: "e",
    tree: "t",
    planned: 1,
    why: "",
    questions: [],
  };
  const entry = {
    at: "2026-11-21T10:00:00.000Z",
    by: null,
    what: "questions kept",
    details: { questionsSha256: "q" },
  };

  const weighed = weighQuestions({ questions: { ...told, ...fields }, sha256, evidenceSha256: "e" }, [entry]);

  expect(weighed.filter(({ holds }) => !holds).map(({ what }) => what)).toEqual(expected);
});

describe("a history beside its evidence", () => {
  const entry = { at: "2026-11-21T10:00:00.000Z", by: null, details: {} };
  const begun = chained({ task: aTask(), entries: [{ ...entry, what: "asked for" }] }, undefined);
  const proved = { ...entry, what: "proved", details: { evidenceSha256: "e" } };
  const { lines } = chained({ task: begun.task, entries: [proved] }, begun.task.historyHead);
  const all = [...begun.lines, ...lines];
  const anchor = { sha256: "e", historySha256: begun.task.historyHead };

  test.each([
    ["holds", all, anchor, []],
    ["of another task", all, { ...anchor, historySha256: "f".repeat(64) }, ["anchor"]],
    ["of other evidence", all, { ...anchor, sha256: "f" }, ["proved"]],
    ["cut off at its end", all.slice(0, 1), anchor, ["proved"]],
    ["cut off at its beginning", all.slice(1), anchor, ["chain", "anchor"]],
  ])("%s", (_, told, at, expected) => {
    const weighed = weighHistory(told, at);
    expect(weighed.filter(({ holds }) => !holds).map(({ what }) => what)).toEqual(expected);
  });
});
