import type { Evidence } from "../../src/domain/evidence/evidence.ts";
import type { HistoryEntry, Task } from "../../src/domain/task/task.ts";
import { taskKey } from "../../src/domain/task/task-id.ts";
import { anAttempt, aRepository, aTask } from "../fixtures/tasks.ts";
import { sixBodies } from "../publish/six-bodies.ts";

/** A task with its history and the evidence of its attempts, by the names of their artefacts. */
export type Sample = {
  task: Task;
  entries: HistoryEntry[];
  artefacts: Record<string, string>;
  /** What the changed files say before and after. */
  texts?: Record<string, [string, string]>;
};

const day = "2026-11-21";

/** What the history of a whole attempt says, a step a line. */
export function wholeHistory({ start = "10:00", pullRequest = 13 } = {}): HistoryEntry[] {
  const [hours = 10, minutes = 0] = start.split(":").map(Number);
  const begin = Date.parse(`${day}T00:00:00.000Z`) + (hours * 60 + minutes) * 60_000;
  const steps: [number, string, object?][] = [
    [0, "asked for"],
    [2, "queued"],
    [14, "started", { attempt: 1 }],
    [17, "checked out", { attempt: 1, base: { ref: "main", commit: "1".repeat(40), tree: "2".repeat(40) } }],
    [31, "tried", { attempt: 1 }],
    [
      124,
      "agent done",
      { attempt: 1, agent: { name: "claude", outcome: "finished", costUsd: 0.42 }, files: 2 },
    ],
    [125, "trimmed", { attempt: 1 }],
    [168, "proved", { attempt: 1, verdict: "passed" }],
    [170, "committed", { attempt: 1 }],
    [171, "PR opened", { attempt: 1, pullRequest }],
    [173, "reported", { attempt: 1 }],
  ];
  return steps.map(([seconds, what, details = {}]) => ({
    at: new Date(begin + seconds * 1_000).toISOString(),
    what,
    by: what === "asked for" ? "ada" : null,
    details: { ...details },
  }));
}

/** A task as one of the bodies of the tests has it, under an issue of its own. */
export function sampleOf(
  name: keyof typeof sixBodies,
  issueNumber: number,
  fields: Partial<Task> = {},
): Sample {
  const { task, evidence: made } = sixBodies[name] ?? {};
  if (!task || !made) throw new Error(`there is no body ${name}`);
  const id = { ...task.id, issueNumber };
  const key = taskKey(id);
  const validation = made.validation && { ...made.validation, log: `${key}/validation-1.log` };
  const evidence = { ...made, ...(validation && { validation }) };
  const last = task.attempts.length;
  const nameOf = (number: number) => `${key}/evidence-${number}.json`;
  const attempts = task.attempts.map((attempt) => ({
    ...attempt,
    change: attempt.change ?? {
      ...{ base: evidence.base, tree: evidence.tree, files: evidence.files, unpublishable: [], pack: "p" },
    },
    startedAt: `${day}T10:00:14.000Z`,
    reportedAt: `${day}T10:02:53.000Z`,
    ...(attempt.evidence && { evidence: { ...attempt.evidence, artefact: nameOf(attempt.number) } }),
  }));
  return {
    task: { ...task, id, attempts, pullRequest: issueNumber + 1, ...fields },
    entries: wholeHistory({ pullRequest: issueNumber + 1 }),
    artefacts: {
      [nameOf(last)]: JSON.stringify(evidence satisfies Evidence),
      [`${key}/timeline-1.jsonl`]: agentLog,
      [`${key}/validation-1.log`]: evidence.validation?.exit.log.tail ?? "",
    },
    texts: changedTexts,
  };
}

const slugify = (body: string) => `/** Turns a title into a slug. */
export function slugify(title) {
${body}
}
`;

const changedTexts: Record<string, [string, string]> = {
  "src/slugify.js": [
    slugify('  return title.toLowerCase().replace(/[^a-z]+/g, "-");'),
    slugify(
      '  return title\n    .toLowerCase()\n    .replace(/[^a-z0-9]+/g, "-")\n    .replace(/^-+|-+$/g, "");',
    ),
  ],
  "test/slugify.test.js": [
    `${Array.from({ length: 13 }, (_, at) => `test("case ${at}", () => assert.ok(slugify("${at}")));`).join("\n")}
test("words are joined", () => assert.equal(slugify("Hello World"), "hello-world"));
`,
    `${Array.from({ length: 13 }, (_, at) => `test("case ${at}", () => assert.ok(slugify("${at}")));`).join("\n")}
test("words are joined", () => assert.ok(slugify("Hello World")));
test("no hyphen is left at either end", () => assert.equal(slugify("(Hello)"), "hello"));
`,
  ],
  "package.json": ['{ "name": "shop" }\n', '{ "name": "shop", "dependencies": { "slugify": "1.6.6" } }\n'],
  "docs/slugs.md": ["# Slugs\n", "# Slugs\n\nDigits stay, and no hyphen is left at either end.\n"],
};

const agentLog = [
  { kind: "plan", text: "1. Mend the expression\n2. Add a test for the beginning\n3. Run the tests" },
  { kind: "thought", text: "The character class lacks digits, and the ends are not trimmed." },
  { kind: "tool", text: "Edit src/slugify.js" },
  { kind: "tool", text: "Run node --test" },
  { kind: "message", text: "Digits stay and the ends are trimmed." },
]
  .map((update, at) => `${JSON.stringify({ at: `${day}T10:00:${31 + at * 7}.000Z`, ...update })}\n`)
  .join("");

const minutesAgo = (minutes: number): string =>
  new Date(Date.parse(`${day}T12:00:00.000Z`) - minutes * 60_000).toISOString();

/** Tasks in every state, as a team with some weeks of Drafthorse has them. */
export function sampleTasks(): Sample[] {
  const shop = aRepository();
  const site = aRepository({ id: 1002, name: "site" });
  const plain = (issueNumber: number, title: string, fields: Partial<Task>): Sample => {
    const repository = fields.repository ?? shop;
    const task = aTask({
      ...{ id: { repositoryId: repository.id, issueNumber, round: 1 }, repository },
      ...{ issue: { title, author: "bob", body: "" } },
      ...fields,
    });
    return { task, entries: wholeHistory().slice(0, 2), artefacts: {} };
  };
  return [
    sampleOf("passed", 12, {
      updatedAt: minutesAgo(40),
      issue: { title: "Keep digits in slugs and trim the hyphens", author: "ada", body: "" },
    }),
    sampleOf("attention", 31, {
      updatedAt: minutesAgo(190),
      issue: { title: "Escape quotes in search terms", author: "bob", body: "" },
    }),
    sampleOf("failed", 27, {
      updatedAt: minutesAgo(2_000),
      issue: { title: "Round totals half to even", author: "wil", body: "" },
    }),
    plain(41, "Make the cart faster", {
      ...{ state: "incomplete", updatedAt: minutesAgo(12) },
      problems: [
        {
          line: 9,
          field: "Validation command",
          message: "there is none",
          repair: "Name the command that proves it, for example `npm test`.",
        },
      ],
    }),
    plain(38, "Upgrade the payment client", {
      ...{ state: "held", updatedAt: minutesAgo(65), repository: site },
      hold: { kind: "repository", cause: "could not resolve host github.test" },
    }),
    plain(44, "Show the delivery date in the order mail", {
      ...{ state: "running", updatedAt: minutesAgo(1) },
      attempts: [anAttempt({ startedAt: minutesAgo(6), session: { agent: "claude", id: "s" } })],
    }),
    plain(45, "Backfill tests for the tax table", {
      state: "queued",
      updatedAt: minutesAgo(2),
      repository: site,
    }),
    ...Array.from({ length: 24 }, (_, at) => {
      const merged = at % 5 !== 3;
      const evidence = sixBodies.passed?.evidence;
      return plain(100 + at, `An earlier task ${at + 1}`, {
        ...{ state: merged ? "ended: merged" : "ended: rejected", repository: at % 3 === 0 ? site : shop },
        ...{
          updatedAt: minutesAgo(5_000 + at * 4_700),
          askedAt: minutesAgo(5_400 + at * 4_700),
          pullRequest: 300 + at,
        },
        attempts: [
          anAttempt({
            reportedAt: minutesAgo(5_385 + at * 4_700 - (at % 7)),
            ...(evidence && {
              agent: { ...evidence.agent, name: at % 4 === 0 ? "codex" : "claude", costUsd: 0.2 + at / 20 },
            }),
          }),
        ],
      });
    }),
    plain(22, "Remove the old importer", {
      state: "ended: merged",
      updatedAt: minutesAgo(3_000),
      pullRequest: 23,
    }),
    plain(19, "Rename the config keys", {
      ...{ state: "ended: failed", updatedAt: minutesAgo(5_000) },
      failure: { kind: "agent-unavailable", cause: "claude: the account is out of quota until 14:00 UTC." },
    }),
  ];
}
