import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { lastLines } from "../../src/cli/run/last-lines.ts";
import type { Verdict } from "../../src/domain/evidence/evidence.ts";
import { failureKinds } from "../../src/domain/task/failure.ts";
import { type TaskState, taskStates } from "../../src/domain/task/state.ts";
import type { Task } from "../../src/domain/task/task.ts";
import { asMarkdown } from "../../src/domain/text/words.ts";
import { renderBody } from "../../src/publish/render-body.ts";
import { renderStatus } from "../../src/publish/render-status.ts";
import { asPlain } from "../../src/views/as-line.ts";
import { nextMove } from "../../src/views/next-move.ts";
import { taskLine } from "../../src/views/task-line.ts";
import { stateSaying } from "../../src/views/tones.ts";
import { someEvidence } from "../fixtures/evidence.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";

const verdicts: Verdict[] = ["passed", "needs-attention", "failed", "incomplete"];

/** A task of a state whose change, where it has one, came to a verdict. */
function taskOf(state: TaskState, verdict: Verdict = "passed", fields: Partial<Task> = {}): Task {
  const commit = { commit: "c".repeat(40), tree: "2".repeat(40), verified: true };
  const evidence = { artefact: "x", sha256: "e".repeat(64), verdict };
  return aTask({ state, pullRequest: 13, attempts: [anAttempt({ commit, evidence })], ...fields });
}

const problem = {
  line: 3,
  field: "Goal",
  rule: "x",
  message: "It is missing.",
  repair: "Add a heading `### Goal`",
};
const cases: [string, Task][] = [
  ...taskStates.map((state): [string, Task] => [state, taskOf(state)]),
  ...verdicts.map((verdict): [string, Task] => [`proposed, ${verdict}`, taskOf("proposed", verdict)]),
  ...failureKinds.map((kind): [string, Task] => [
    `failed by ${kind}`,
    taskOf("ended: failed", "passed", { failure: { kind, cause: "It broke." } }),
  ]),
  [
    "a brief that lacks its goal",
    taskOf("incomplete", "passed", { problems: [problem, problem] as Task["problems"] }),
  ],
  ["a held task", taskOf("held", "passed", { hold: { kind: "repository", cause: "no route" } })],
  ["an ordinary pull request", taskOf("proposed", "passed", { draft: false })],
];

const sentence = (text: string): string => text.replace(/[.]$/, "").slice(1);

test.each(cases)("%s: comment, pull request, page and command line say one next move", (_, task) => {
  const label = "agent-task";
  const comment = renderStatus(task, { label, ahead: 0, briefPart: "" });
  const line = taskLine(task);
  const move = nextMove(task, { on: "github", label })?.move ?? [];
  const unnamed = nextMove(task, { on: "github" })?.move ?? [];
  const local = nextMove(task, { on: "clone" })?.move ?? [];

  expect(comment).toContain(sentence(asMarkdown(comment.includes(label) ? move : unnamed)));
  expect(comment).toContain(stateSaying(task).words);
  expect(sentence(line.next?.text ?? "")).toBe(sentence(asPlain(unnamed)));
  expect(line.saying.words).toBe(stateSaying(task).words);
  expect(lastLines(task, []).join("\n")).toContain(sentence(asPlain(local)));
});

test.each(verdicts)("of a change that is %s the verdict and the move are told alike", (verdict) => {
  const task = taskOf("proposed", verdict);
  const told = [
    renderStatus(task, { label: "agent-task", ahead: 0, briefPart: "" }),
    renderBody({ task, evidence: someEvidence({ verdict }) }),
  ];

  for (const text of told) {
    expect(text).toContain(asMarkdown(nextMove(task, { on: "github" })?.move ?? []));
    expect(text).toMatch(new RegExp(`[Vv]erdict.*\\b${verdict}\\b`));
  }
  expect(lastLines(task, []).filter((line) => line.startsWith("Verdict"))).toEqual([`Verdict: ${verdict}`]);
});

test("what comes next is worded in the views and nowhere else", () => {
  const source = resolve(import.meta.dirname, "../../../src");
  const worded = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({
      file: relative(source, join(source, file)),
      text: readFileSync(join(source, file), "utf8"),
    }))
    .filter(({ text }) =>
      /mark it ready|buys one correction|changed lines, then|\*\*Next|\.nextMove\b/.test(text),
    );

  // The second says what stands before a move, the third has a move for each kind of failure.
  expect(worded.map(({ file }) => file).sort()).toEqual([
    "domain/task/failure.ts",
    "publish/render-next.ts",
    "views/next-move.ts",
  ]);
});
