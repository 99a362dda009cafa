import type { Check, Evidence, Finding, Measurement } from "../../src/domain/evidence/evidence.ts";
import type { Attempt, Task } from "../../src/domain/task/task.ts";
import type { BodySource } from "../../src/publish/render-body.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";
import { aBrief, anAttempt, aTask } from "../fixtures/tasks.ts";

const commits = { first: "c1".repeat(20), second: "c2".repeat(20), pushed: "d3".repeat(20) };
const trees = { base: "2".repeat(40), change: "a".repeat(40) };

const row = (
  name: Check["name"],
  status: Check["status"],
  line: string,
  findings: Finding[] = [],
): Check => ({
  ...{ name, status, line, findings },
});

/** A run whose log tells of so many tests. */
function run(exitCode: number, [passed, failed]: [number, number], tail = "all is well\n"): Measurement {
  const counts = { passed, failed, skipped: 0, whole: true };
  const log = { sha256: "b".repeat(64), bytes: tail.length, head: tail, tail };
  return {
    ...aMeasurement({ exitCode, log }),
    counts: { ...counts, source: { kind: "log", names: ["node"] } },
  };
}

const shown = (id: string, test: string): Finding => ({
  criterion: id,
  path: "test/slugify.test.js",
  message: `${id}: the test "${test}" fails on the base's code and passes here`,
  measured: true,
});

const criteria = [shown("AC-1", "digits stay"), shown("AC-2", "no hyphen is left at either end")];

/** The rows of a change that leaves nothing to be said. */
const good: Check[] = [
  row("validation", "pass", "exit code 0; 214 passed (log: node)"),
  row("baseline", "pass", "still green: green on the base and on the change"),
  row("flaky", "not measured", "Nothing was red."),
  row(
    "proof of test",
    "pass",
    "red without the rest of the change: exit code 1; 213 passed, 1 failed (log: node)",
  ),
  row("shown", "pass", "the tests of the change are red on the base's code and green here"),
  row("base tests", "pass", "the base's tests are green on the change"),
  row("conditions", "pass", "Nothing asks who runs the code."),
  row("tests", "pass", "1 test added; none lost or weakened"),
  row("scope", "pass", "2 in scope"),
  row("dependencies", "pass", "No manifest or lockfile changed."),
  row("protected", "pass", "Nothing that is protected was touched."),
  row("approvals", "pass", "Nothing that has to be asked for is touched."),
  row("secrets", "pass", "No secret was found."),
  row("hidden text", "pass", "No hidden text was found."),
  row("size", "pass", "2 files, +5 −4 lines, largest 340 bytes"),
  row("strays", "pass", "Nothing was left behind."),
  row(
    "criteria",
    "pass",
    "a measured test for 2 of 2, evidence for 2; whether it suffices is for the reviewer",
    criteria,
  ),
];

const withRows = (...rows: Check[]): Check[] =>
  good.map((one) => rows.find(({ name }) => name === one.name) ?? one);

const file = (path: string, added: number, removed: number): Evidence["files"][number] => ({
  path,
  before: { mode: "100644", id: "3".repeat(40) },
  after: { mode: "100644", id: "4".repeat(40), bytes: 340 },
  lines: { added, removed },
});
const files = [file("src/slugify.js", 3, 4), file("test/slugify.test.js", 2, 0)];

const agent: Evidence["agent"] = {
  ...someEvidence().agent,
  ...{
    name: "claude",
    version: "2.1.0",
    model: "claude-sonnet-4-5",
    costUsd: 0.42,
    turns: 11,
    durationMs: 93_000,
  },
  summary: 'Digits stay and the ends are trimmed. AC-1: test/slugify.test.js, "digits stay".',
};

const proved = (fields: Partial<Evidence> = {}): Evidence =>
  someEvidence({
    ...{ files, checks: good, agent, tree: trees.change },
    ...{ validation: run(0, [214, 0]), baseline: run(0, [213, 0]), proofOfTest: run(1, [213, 1]) },
    ...fields,
  });

const attemptOf = (evidence: Evidence, fields: Partial<Attempt> = {}): Attempt =>
  anAttempt({
    agent: evidence.agent,
    evidence: { artefact: "x", sha256: "e".repeat(64), verdict: evidence.verdict },
    commit: { commit: commits.first, tree: evidence.tree, verified: true },
    ...fields,
  });

const brief = aBrief({
  doneWhen: [
    { id: "AC-1", text: "Digits stay in the slug" },
    { id: "AC-2", text: "No hyphen is left at either end" },
  ],
});

const bodyOf = (evidence: Evidence, task: Partial<Task> = {}): BodySource => ({
  evidence,
  task: aTask({
    ...{ state: "proposed", pullRequest: 13, brief: { brief, sha256: "f".repeat(64) } },
    attempts: [attemptOf(evidence)],
    ...task,
  }),
});

const attention = proved({
  verdict: "needs-attention",
  files: [...files, file("package.json", 1, 1), file("docs/slugs.md", 4, 0)],
  checks: withRows(
    row("scope", "attention", "2 in scope, 2 drift", [
      { path: "docs/slugs.md", message: "drift: it is outside the declared scope" },
    ]),
    row("dependencies", "attention", "1 dependency was added", [
      { path: "package.json", line: 12, message: "added `slugify` 1.6.6: the brief declares no dependency" },
    ]),
    row("tests", "attention", "1 assertion was weakened", [
      {
        path: "test/slugify.test.js",
        line: 14,
        message: "`assert.equal` became `assert.ok` on `slugify(…)`",
      },
    ]),
    row(
      "criteria",
      "not measured",
      "a measured test for 1 of 2, evidence for 1; whether it suffices is for the reviewer",
      [
        shown("AC-1", "digits stay"),
        { criterion: "AC-2", message: "AC-2: not evidenced: the agent named no file" },
      ],
    ),
  ),
});

const output = `not ok 3 - no hyphen is left at either end
  expected: 'hello'
  actual: 'hello-'
# tests 214
# pass 213
# fail 1
`;

const failed = proved({
  verdict: "failed",
  validation: run(1, [213, 1], output),
  checks: withRows(
    row("validation", "fail", "exit code 1; 213 passed, 1 failed (log: node)"),
    row("baseline", "fail", "regressed: green on the base, red on the change"),
    row("proof of test", "not measured", "The validation is not green."),
    row("shown", "not measured", "The validation is not green."),
    row("criteria", "not measured", "The agent named no evidence for any criterion.", [
      { criterion: "AC-1", message: "AC-1: not evidenced: the agent named no file" },
      { criterion: "AC-2", message: "AC-2: not evidenced: the agent named no file" },
    ]),
  ),
});

const incomplete = proved({
  verdict: "incomplete",
  agent: { ...agent, outcome: "bound", bound: "time", cause: "it had worked for 30 minutes", summary: "" },
});

/** One body for each thing that a reviewer can be shown, as they meet it on GitHub. */
export const sixBodies: Record<string, BodySource> = {
  passed: bodyOf(proved()),
  attention: bodyOf(attention),
  failed: bodyOf(failed),
  incomplete: bodyOf(incomplete),
  corrected: bodyOf(proved({ agent: { ...agent, summary: "The function is one line now." } }), {
    attempts: [
      attemptOf(failed),
      attemptOf(proved(), {
        ...{
          number: 2,
          askedBy: "bob",
          commit: { commit: commits.second, tree: trees.change, verified: true },
        },
        feedback: {
          words: "trim the ends too, and make it shorter",
          notes: [{ by: "bob", path: "src/slugify.js", line: 7, text: "The ends are not trimmed." }],
        },
        change: {
          ...{ base: { ref: "main", commit: commits.first, tree: trees.base }, tree: trees.change },
          ...{ files: files.slice(0, 1), unpublishable: [], pack: "p" },
        },
      }),
    ],
  }),
  stale: { ...bodyOf(proved()), head: commits.pushed },
};
