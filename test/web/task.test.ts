import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { taskKey } from "../../src/domain/task/task-id.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";
import { aBrief, anAttempt, aTask } from "../fixtures/tasks.ts";
import { type DashboardWorld, lettingIn, startDashboard } from "./dashboard-world.ts";
import { hostileTexts, skeletonOf } from "./hostile-texts.ts";
import { type Sample, sampleOf, sampleTasks } from "./sample-tasks.ts";

const everybody = lettingIn({ login: "ada", mayRead: async () => true });
const attention = "/tasks/task-1001-31-1";

let world: DashboardWorld;
beforeAll(async () => {
  world = await startDashboard({ signIn: everybody });
  await world.keepSamples(...sampleTasks());
  await world.keepSamples(
    sampleOf("corrected", 50),
    withheld(51),
    sampleOf("passed", 52, {
      attempts: [anAttempt({ startedAt: "2026-11-21T10:00:14.000Z" })],
      state: "running",
    }),
  );
});
afterAll(() => world.close());

/** A task of which nothing may be seen, since a secret was found in it. */
function withheld(issueNumber: number): Sample {
  const sample = sampleOf("passed", issueNumber, { state: "ended: withheld" });
  const attempts = sample.task.attempts.map((attempt) => ({
    ...attempt,
    ...(attempt.evidence && { evidence: { ...attempt.evidence, withheld: ["A secret was found."] } }),
  }));
  return { ...sample, task: { ...sample.task, attempts } };
}

describe("a task", () => {
  test.each([
    ["its steps with how long each took", /agent done[\s\S]*?1 min 33 s/],
    ["what a check found and where", /test\/slugify\.test\.js:14<\/code> <code>assert\.equal<\/code> became/],
    ["the validation with its exit code", /<code>npm test<\/code> exit code 0 after 1\.2 s/],
    ["the brief as it was understood", /<dt>Done when<\/dt><dd>AC-1: Digits stay in the slug<\/dd>/],
    ["where it leads on GitHub", /href="https:\/\/github\.test\/acme\/shop\/pull\/32"/],
    ["who has to do what next", /Next, for <code>ada<\/code>:<\/b> judge what needs a human/],
  ])("shows %s", async (_, words) => {
    expect((await world.get(attention)).text).toMatch(words);
  });

  test("shows its attempts side by side, with what the correction was asked for with", async () => {
    const { text } = await world.get("/tasks/task-1001-50-1");

    expect(text).toMatch(
      /First attempt <span class="badge bad">failed<\/span><\/th><th scope="col">Correction/,
    );
    expect(text).toContain("trim the ends too, and make it shorter");
  });

  test("says what is not there yet", async () => {
    const { text } = await world.get("/tasks/task-1001-44-1");

    expect(text).toContain("Nothing is measured yet");
    expect(text).toMatch(/at work for <time[^>]*>6 min/);
  });
});

describe("the changes of a task", () => {
  test("have what the checks found at its lines", async () => {
    const { text } = await world.get(`${attention}/changes`);

    expect(text).toMatch(
      /<tr class="added">(?:(?!<tr).)*assert\.ok\(slugify\(&quot;Hello World&quot;\)\)(?:(?!<tr).)*<tr class="found">/,
    );
    expect(text).toContain("drift: it is outside the declared scope");
  });

  test.each([
    ["withheld", "/tasks/task-1001-51-1/changes"],
    ["not proved yet", "/tasks/task-1001-52-1/changes"],
  ])("are not shown where they are %s", async (_, path) => {
    const { text } = await world.get(path);

    expect(text).toContain("No change to show");
    expect(text).not.toContain("slugify(title)");
  });
});

test("the agent's log is what it said, quoted", async () => {
  const { text } = await world.get(`${attention}/log`);

  expect(text).toMatch(/<span class="kind">tool<\/span><pre>Edit src\/slugify\.js<\/pre>/);
});

describe("files", () => {
  test("are handed out as something to keep", async () => {
    const { headers, text } = await world.get(`${attention}/files/evidence-1.json`);

    expect(headers.get("content-disposition")).toBe('attachment; filename="evidence-1.json"');
    expect(headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(text).verdict).toBe("needs-attention");
  });

  test.each([
    "change-1.pack",
    "../task-1001-12-1/evidence-1.json",
    "..%2ftask-1001-12-1%2fevidence-1.json",
    "evidence-2.json",
    "%2e%2e",
    "__proto__",
  ])("%s is none", async (name) => {
    expect((await world.get(`${attention}/files/${name}`)).status).toBe(404);
  });
});

describe("what a viewer may not read is not there", () => {
  const paths = ["", "/changes", "/log", "/files/evidence-1.json", "/logs/validation-1.log"];

  test.each(paths)("%s", async (path) => {
    const other = await startDashboard({ signIn: lettingIn({ login: "eve", mayRead: async () => false }) });
    try {
      await other.keepSamples(...sampleTasks());

      const hidden = await other.get(`${attention}${path}`);
      const absent = await other.get(`/tasks/task-1001-9999-1${path}`);

      expect(hidden.status).toBe(404);
      expect(hidden.text).toBe(absent.text);
    } finally {
      await other.close();
    }
  });

  test.each(["task-1001-31", "task-0-0-0", "x", "task-1001-31-1%00", "task-99999999999999999999-1-1"])(
    "nor is a task with the key %s",
    async (key) => {
      expect((await world.get(`/tasks/${key}`)).status).toBe(404);
    },
  );
});

describe("text of others is text", () => {
  const id = { repositoryId: 1001, issueNumber: 12, round: 1 };
  const key = taskKey(id);
  const hostile = (text: string): Sample => {
    const evidence = someEvidence({
      files: someEvidence().files.map((file) => ({ ...file, path: text })),
      validation: {
        ...aMeasurement({ exitCode: 1, log: { sha256: "", bytes: 1, head: text, tail: text } }),
        command: text,
      },
      checks: [
        {
          name: "scope",
          status: "attention",
          line: text,
          findings: [{ path: text, line: 1, message: text }],
        },
      ],
    });
    return {
      task: aTask({
        ...{ id, state: "proposed", issue: { title: text, author: text, body: text }, askedBy: text },
        brief: {
          brief: aBrief({ goal: `goal ${text}`, nonGoals: [text], validation: text, scope: [text] }),
          sha256: "f".repeat(64),
        },
        attempts: [
          anAttempt({
            ...{
              askedBy: text,
              startedAt: "2026-11-21T10:00:14.000Z",
              agent: { ...evidence.agent, name: text },
            },
            evidence: { artefact: `${key}/evidence-1.json`, sha256: "e".repeat(64), verdict: "failed" },
            commit: { commit: "c".repeat(40), tree: evidence.tree, verified: true },
            change: {
              base: evidence.base,
              tree: evidence.tree,
              files: evidence.files,
              unpublishable: [],
              pack: "p",
            },
            feedback: { words: text, notes: [] },
          }),
        ],
      }),
      entries: [
        {
          at: "2026-11-21T10:00:00.000Z",
          what: text,
          by: text,
          details: { [`x${text}`]: text, y: { z: text } },
        },
      ],
      artefacts: {
        [`${key}/evidence-1.json`]: JSON.stringify(evidence),
        [`${key}/validation-1.log`]: text,
        [`${key}/timeline-1.jsonl`]: `${JSON.stringify({ kind: text, text })}\n`,
      },
      texts: { [text]: [text, `${text}\n${text}x`] },
    };
  };
  const skeletons = async (text: string): Promise<string[][]> => {
    const one = await startDashboard({ signIn: everybody });
    try {
      await one.keepSamples(hostile(text));
      const pages = await Promise.all(
        ["", "/changes", "/log", "/logs/validation-1.log"].map((path) => one.get(`/tasks/${key}${path}`)),
      );
      expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      return pages.map(({ text: html }) =>
        skeletonOf(html)
          // Code in backticks is ours, and a text of two lines has two changed ones.
          .filter((tag) => !/^\/?(?:code|tr|td|pre|span|tbody|li) ?/.test(tag)),
      );
    } finally {
      await one.close();
    }
  };

  test.each(hostileTexts)("%j", async (text) => {
    expect(await skeletons(text)).toEqual(await skeletons("plain"));
  });
});
