import { describe, expect, test } from "@jest/globals";
import { judgeBrief } from "../../src/brief/judge-brief.ts";
import { renderBriefPart } from "../../src/brief/render-brief-part.ts";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { taskStates } from "../../src/domain/task/state.ts";
import type { Attempt, Task } from "../../src/domain/task/task.ts";
import { parseRepositoryFile } from "../../src/policy/parse-repository-file.ts";
import { namesLabel, renderStatus } from "../../src/publish/render-status.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";

/** The status comment of a task whose issue says this, once it was judged. */
function statusOf(body: string, fields: Partial<Task> = {}): string {
  const asked = { actor: "ada", authorMayWrite: true, policy: defaultPolicy, agents: ["claude", "codex"] };
  const judged = judgeBrief(body, asked);
  const read: Partial<Task> =
    "brief" in judged ? { brief: judged } : { state: "incomplete", problems: judged.problems, attempts: [] };
  const { brief: _, ...blank } = aTask({ issue: { ...story, author: "ada", body } });
  const task = { ...blank, ...read, ...fields };
  return renderStatus(task, { label: "agent-task", ahead: 2, briefPart: renderBriefPart(task) });
}

const broken = parseRepositoryFile("label: agent-task\nlimits:\n  minuts: 30\n", undefined);
const duplicates = [
  { number: 7, by: "eve" },
  { number: 3, repository: "acme/other", by: "bob" },
  { number: 9, by: "drafthorse[bot]", round: 1 },
];
const edit = { by: "rea", at: "2026-11-21T09:58:00.000Z" };

test("the label is named in those states for which it is read, and in no others", () => {
  const hold = { kind: "recent-edit", ...edit } as const;
  const named = taskStates.map((state) => ({
    state,
    named: renderStatus(aTask({ state, hold }), { label: "THE-LABEL", ahead: 0, briefPart: "" }).includes(
      "THE-LABEL",
    ),
  }));

  expect(named).toEqual(taskStates.map((state) => ({ state, named: namesLabel({ state }) })));
});

test.each<["finished" | "failed" | "bound", RegExp]>([
  [
    "finished",
    /ended without changing a file\.\s+\*\*Next:\*\* Make the brief more exact, and add the label/,
  ],
  [
    "failed",
    /failed before it changed a file: the command exited with code 2\.\s+\*\*Next:\*\* Mend what stopped the agent.* add the label/,
  ],
  ["bound", /was stopped before it changed a file: [\s\S]*Give the agent more room by `limits`/],
])("an agent that %s without a change is told as that", (outcome, sentence) => {
  const agent = { ...anAttempt().agent, name: "claude", outcome, cause: "the command exited with code 2" };
  const attempt = anAttempt({ agent: agent as NonNullable<Attempt["agent"]> });
  const task = aTask({ state: "ended: nothing-changed", attempts: [attempt] });

  expect(renderStatus(task, { label: "agent-task", ahead: 0, briefPart: "" })).toMatch(sentence);
});

describe("the answer on the issue", () => {
  test.each<[string, string, Partial<Task>]>([
    ["a complete brief", story.body, {}],
    [
      "an incomplete brief",
      story.body.replace("npm test", "npm test || true").replace("### Non-goals", "### Not"),
      {},
    ],
    ["a brief that names an unknown agent", `${story.body}\n### Agent\n\ngemini\n`, {}],
    ["an edit after acceptance", story.body, { state: "running", edited: { body: "Else.", problems: [] } }],
    [
      "an incomplete brief that a stranger completed",
      "Please.",
      { edited: { body: story.body, problems: [] } },
    ],
    ["somebody who may not ask", story.body, { strangers: ["rea"] }],
    [
      "a broken configuration",
      story.body,
      {
        state: "held",
        hold: { kind: "configuration", problems: "problems" in broken ? broken.problems : [] },
      },
    ],
    [
      "a stranger's edit close to the label",
      story.body,
      { state: "held", hold: { kind: "recent-edit", ...edit } },
    ],
    [
      "a stranger's edit of the title close to the label",
      story.body,
      { state: "held", hold: { kind: "recent-edit", ...edit, title: "Run `@all`", titleOnly: true } },
    ],
    [
      "a second pull request for an issue, where the rules refuse it",
      story.body,
      { state: "held", duplicates, hold: { kind: "duplicate", duplicates } },
    ],
    ["a second pull request for an issue", story.body, { duplicates: duplicates.slice(0, 1) }],
    [
      "another title after acceptance",
      story.body,
      { edited: { body: story.body, title: "Else", problems: [] } },
    ],
    [
      "a base that cannot be fetched",
      story.body,
      { state: "held", hold: { kind: "repository", cause: "git fetch: could not resolve *github.com*" } },
    ],
  ])("to %s", (_, body, fields) => {
    expect(statusOf(body, fields)).toMatchSnapshot();
  });
});

test.each<[string, string, string[], string]>([
  ["the brief", "reviewer: @grace, @wil", ["acme/web"], "`@grace`, `@wil`"],
  ["the configuration", "ask: billing", ["acme/web", "mai"], "`@acme/web`, `@mai`"],
  ["nobody", "ask: billing", [], "`@ada`"],
])("who reviews is said, as %s names them", (_, boundary, reviewers, said) => {
  const body = story.body.replace(/reviewer: @\w+/, boundary);

  expect(statusOf(body, { askedBy: "ada", reviewers })).toContain(` · reviewer: ${said}\n`);
});

const many = (count: number, text: string): string => text.repeat(count);
const list = (count: number, item: string): string => many(count, `- ${item}\n`);

test.each<[string, string]>([
  ["lines of the boundary", `### Approval boundary\n\n${many(1_900, "be careful\n")}`],
  ["classes", `### Approval boundary\n\nask: ${many(20_000, "x, ")}`],
  ["reviewers", `### Approval boundary\n\nreviewer: ${many(15_000, "@a_ ")}`],
  ["issues", `### Depends on\n\n${many(20_000, "x ")}`],
  ["dependencies", `### Dependencies\n\n${many(20_000, "!, ")}`],
  ["parts of a budget", `### Budget\n\n${many(20_000, "x, ")}`],
  ["paths", `### Files\n\n${many(90, `${many(30, "a\\")}\n`)}`],
  ["headings", many(900, "# Goal\n\nAgain and again.\n")],
  ["letters in a heading", `# ${many(60_000, "*")}\n`],
  ["letters in a command", `### Validation command\n\nRun \`${many(25_000, "$(")}\` please\n`],
  ["commands", `### Validation command\n\nRun ${many(900, "`npm test` ")}\n`],
  ["items", `### Non-goals\n\n${list(50, many(240, "a*"))}\n### Done when\n\n${list(50, many(240, "b_"))}`],
  ["words before the first heading", many(10_000, "Hello *you*. ")],
])("a text of too many %s is answered by a comment that GitHub takes", (_, body) => {
  const complete = `${story.body}\n### Constraints\n\n${list(40, many(120, "x_* "))}`;

  expect(statusOf(body).length).toBeLessThan(65_000);
  expect(statusOf(`${complete}\n${body}`).length).toBeLessThan(65_000);
});

test("what is frozen is shown: a brief that a comment could not hold is refused", () => {
  const constraints = (count: number) =>
    `${story.body}\n### Constraints\n\n${list(count, many(120, "x_* "))}`;

  expect(statusOf(constraints(10))).toContain("The brief as understood");
  expect(statusOf(constraints(50))).toContain("All fields together have");
});

test("thousands of reasons not to publish, and of leftovers, leave a comment that GitHub takes", () => {
  const base = { ref: "main", commit: "1".repeat(40), tree: "2".repeat(40) };
  const paths = Array.from({ length: 5_000 }, (_, n) => ({
    path: `${n}~`,
    why: "stray" as const,
    rule: "x",
  }));
  const unpublishable = Array.from({ length: 5_000 }, (_, n) => `"${"x".repeat(4_000)}${n}" is a link.`);
  const trimmed = { paths, patch: null };
  const change = { base, tree: "3".repeat(40), files: [], unpublishable, pack: "p", trimmed };

  const status = statusOf(story.body, { state: "ended: withheld", attempts: [anAttempt({ change })] });

  expect(status.length).toBeLessThan(20_000);
  expect(status).toContain("4990 more.");
  expect(status).toContain("The work is kept on the server as the artefact `p`.");
  expect(status).toContain("`9~` (a leftover), 4990 more.");
});
