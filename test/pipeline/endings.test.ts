import { beforeEach, describe, expect, test } from "@jest/globals";
import type { TaskState } from "../../src/domain/task/state.ts";
import type { Attempt, Task } from "../../src/domain/task/task.ts";
import { branchOf, taskKey } from "../../src/domain/task/task-id.ts";
import type { Command } from "../../src/intake/read-command.ts";
import { close } from "../../src/pipeline/close.ts";
import { leave } from "../../src/pipeline/leave.ts";
import { mislabel } from "../../src/pipeline/mislabel.ts";
import { rename } from "../../src/pipeline/rename.ts";
import { withdraw } from "../../src/pipeline/withdraw.ts";
import { aBrief, anAttempt, aTask } from "../fixtures/tasks.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office };
beforeEach(() => {
  at.office = new Office();
});

const asked = { by: "ada", byId: 42, delivery: "e".repeat(64) };

/** A task of the office's repository that is in a state, with an open issue that carries the label. */
async function taskIn(state: TaskState): Promise<Task> {
  const { github, store } = at.office;
  const { repository } = github;
  const number = github.opensIssue("ada", { title: "Do it", body: "", labels: ["agent-task"] });
  const id = { repositoryId: repository.id, issueNumber: number, round: 1 };
  const branch = branchOf(id, "Do it");
  const hasPull = ["proposed", "correcting"].includes(state);
  if (hasPull) github.pushes(github.botLogin, branch, `Do it\n\nAgent-Task: task-1-${number}-1/1`);
  const body = `<!-- drafthorse:body 1/${number}/1 -->`;
  const fields = { branch, base: "main", title: "Do it", body, draft: true };
  const pull = hasPull ? { pullRequest: github.opensPullRequest(github.botLogin, fields) } : {};
  const second: Attempt[] = state === "correcting" ? [anAttempt({ number: 2 })] : [];
  const task = aTask({
    ...{ id, repository, state, branch, ...pull, attempts: [anAttempt(), ...second] },
    brief: { brief: aBrief(), sha256: "f".repeat(64) },
  });
  await store.tasks.create({ task, entries: [] });
  return task;
}

/** What happens to an issue, its pull request or its repository; and what it makes of a task in each state. */
const happenings: [
  string,
  (task: Task) => Promise<void>,
  Partial<Record<TaskState, TaskState | "cancelling">>,
][] = [
  [
    "the label is removed",
    (task) => withdrawn(task, (issue) => issue.labels.splice(0)),
    {
      incomplete: "ended: cancelled",
      queued: "ended: cancelled",
      held: "ended: cancelled",
      running: "cancelling",
    },
  ],
  [
    "the issue is closed",
    (task) => withdrawn(task, (issue) => Object.assign(issue, { open: false })),
    {
      incomplete: "ended: cancelled",
      queued: "ended: cancelled",
      held: "ended: cancelled",
      running: "cancelling",
    },
  ],
  [
    "the issue is deleted, or transferred",
    (task) => withdrawn(task, () => at.office.github.issueList.delete(task.id.issueNumber)),
    {
      incomplete: "ended: cancelled",
      queued: "ended: cancelled",
      held: "ended: cancelled",
      running: "cancelling",
    },
  ],
  [
    "the pull request is closed",
    (task) => pulled(task, "closed"),
    { proposed: "ended: rejected", correcting: "ended: rejected" },
  ],
  [
    "the pull request is merged",
    (task) => pulled(task, "merged"),
    { proposed: "ended: merged", correcting: "ended: merged" },
  ],
  ["somebody says so of one that is open", (task) => pulled(task, "open"), {}],
  [
    "the App is uninstalled or suspended",
    (task) => leave({ ...left, installationId: task.repository.installationId }, at.office.ports),
    {
      incomplete: "ended: cancelled",
      queued: "ended: cancelled",
      held: "ended: cancelled",
      running: "cancelling",
      correcting: "cancelling",
    },
  ],
  [
    "the repository is archived, deleted or taken out",
    (task) => leave({ ...left, repositoryIds: [task.id.repositoryId] }, at.office.ports),
    {
      incomplete: "ended: cancelled",
      queued: "ended: cancelled",
      held: "ended: cancelled",
      running: "cancelling",
      correcting: "cancelling",
    },
  ],
  ["another repository is taken out", () => leave({ ...left, repositoryIds: [999] }, at.office.ports), {}],
];

const left = { ...asked, kind: "leave", repositoryIds: [] as number[], why: "It went away." } as const;
const states = ["incomplete", "queued", "held", "running", "proposed", "correcting"] as const;

type Labelled = { labels: string[]; open: boolean };

async function withdrawn(task: Task, act: (issue: Labelled) => void): Promise<void> {
  const issue = at.office.github.issueList.get(task.id.issueNumber);
  if (issue) act(issue);
  const order = { ...asked, kind: "withdraw", issue: task.id.issueNumber, why: "It is not wanted." } as const;
  await withdraw({ ...order, repository: task.repository }, at.office.ports);
}

async function pulled(task: Task, state: "open" | "closed" | "merged"): Promise<void> {
  const pull = at.office.github.pulls.get(task.pullRequest ?? 0);
  if (pull) pull.state = state;
  await close(
    { ...asked, kind: "reopen", repository: task.repository, pullRequest: task.pullRequest ?? 0 },
    at.office.ports,
  );
}

describe.each(happenings)("when %s", (_, happens, expected) => {
  test.each(states)("a task that is %s", async (state) => {
    const task = await taskIn(state);

    await happens(task);

    const after = await at.office.task(task.id.issueNumber);
    expect(after.cancel ? "cancelling" : after.state).toBe(expected[state] ?? state);
  });
});

describe("the branch of a pull request that is over", () => {
  const is = (state: "open" | "closed" | "merged") => (task: Task) => pulled(task, state);
  const branches = () => [...at.office.github.refs.keys()];

  test.each(["closed", "merged"] as const)(
    "goes when it is %s and all on it is ours, and this is said",
    async (state) => {
      const task = await taskIn("proposed");

      await is(state)(task);

      expect(branches()).not.toContain(task.branch);
      expect(at.office.said(task.id.issueNumber)[0]).toContain(`The branch \`${task.branch}\` was deleted`);
    },
  );

  test("stays where people pushed to it, and this is said", async () => {
    const task = await taskIn("proposed");
    at.office.github.pushes("wil", task.branch, "Mine");

    await is("closed")(task);

    expect(branches()).toContain(task.branch);
    expect(at.office.said(task.id.issueNumber)[0]).toContain("is kept, because people pushed to it.");
  });

  test("is found again when it is reopened, and gets its correction", async () => {
    const task = await taskIn("proposed");
    const before = at.office.github.refs.get(task.branch);
    await is("closed")(task);
    await is("open")(task);

    const after = await at.office.task(task.id.issueNumber);

    expect(after.state).toBe("proposed");
    expect(at.office.github.refs.get(task.branch)).toBe(before);
    expect(at.office.said(task.id.issueNumber)[0]).not.toContain("deleted");
  });

  test("is looked at by the next delivery where GitHub did not answer", async () => {
    const task = await taskIn("proposed");
    at.office.github.failNext("branches.remove", "before");
    await is("closed")(task).catch(() => undefined);

    await is("closed")(task);

    expect(branches()).not.toContain(task.branch);
  });
});

describe("the label on a pull request", () => {
  const order = (number: number, by = "ada") =>
    ({
      ...asked,
      by,
      kind: "mislabel",
      repository: at.office.github.repository,
      number,
      label: "agent-task",
    }) as Extract<Command, { kind: "mislabel" }>;
  const open = () => {
    at.office.github.pushes("ada", "topic", "Mine");
    return at.office.github.opensPullRequest("ada", {
      branch: "topic",
      base: "main",
      title: "Mine",
      body: "",
      draft: false,
    });
  };

  test("is answered once, however often it is put on", async () => {
    const number = open();

    for (let times = 0; times < 3; times++) await mislabel(order(number), at.office.ports);

    expect(at.office.said(number)).toEqual([
      expect.stringContaining("on a pull request it starts nothing. Open an issue"),
    ]);
  });

  test("by a stranger is answered by no comment", async () => {
    const number = open();

    await mislabel(order(number, "rea"), at.office.ports);

    expect(at.office.said(number)).toEqual([]);
  });

  test("on ours says what is meant there", async () => {
    const task = await taskIn("proposed");

    await mislabel(order(task.pullRequest ?? 0), at.office.ports);

    expect(at.office.said(task.pullRequest ?? 0)).toEqual([expect.stringContaining("begin with `/retry`")]);
  });
});

test("a renamed repository is written to under its new name", async () => {
  const task = await taskIn("queued");
  const repository = { ...task.repository, owner: "acme", name: "gadgets" };

  await rename({ ...asked, kind: "rename", repository }, at.office.ports);

  expect((await at.office.task(task.id.issueNumber)).repository).toEqual(repository);
});

test.each(states)("the App is uninstalled for good: of a task that is %s nothing stays", async (state) => {
  const { office } = at;
  const task = await taskIn(state);
  await office.ports.artefacts.write(`${taskKey(task.id)}/evidence-1.json`, "{}");

  await leave({ ...left, installationId: task.repository.installationId, isFinal: true }, office.ports);

  expect(await office.ports.tasks.read(task.id)).toBeUndefined();
  expect(await office.ports.tasks.history(task.id)).toEqual([]);
  expect([...office.workshop.kept.keys()].filter((name) => name.startsWith(taskKey(task.id)))).toEqual([]);
});

test("nobody can be told of a repository that is gone, and its task is cancelled all the same", async () => {
  const task = await taskIn("queued");
  at.office.github.failNext("issues.say", "before");

  await leave({ ...left, repositoryIds: [task.id.repositoryId] }, at.office.ports);

  expect((await at.office.task(task.id.issueNumber)).state).toBe("ended: cancelled");
});

describe("a `/retry` while the first attempt is still reporting", () => {
  /** Stops the first attempt where its pull request is open and the ledger does not say so yet. */
  async function whileReporting(act: (number: number) => Promise<void>): Promise<Task> {
    const { checkRuns } = at.office.ports;
    const { report } = checkRuns;
    let acted = false;
    at.office.ports.checkRuns = {
      ...checkRuns,
      report: async (repository, check) => {
        const [number = 0] = at.office.github.pulls.keys();
        if (!acted) {
          acted = true;
          await act(number);
        }
        return report(repository, check);
      },
    };
    return at.office.delegate();
  }

  test("waits, and is done", async () => {
    const task = await whileReporting((number) => at.office.says(number, { words: "shorter" }));

    expect(task.attempts).toHaveLength(2);
    expect(task.attempts[1]?.feedback?.words).toBe("shorter");
    expect(task.state).toBe("proposed");
    expect(at.office.said(task.pullRequest ?? 0)).toEqual([]);
  });

  test("written twice is one correction, and the second is told so", async () => {
    const task = await whileReporting(async (number) => {
      await at.office.says(number);
      await at.office.says(number);
    });

    expect(task.attempts).toHaveLength(2);
    expect(at.office.said(task.pullRequest ?? 0)[0]).toContain("A correction is asked for already");
  });

  test("on a pull request that is closed before it is reported is refused, and the task has ended", async () => {
    const task = await whileReporting(async (number) => {
      await at.office.says(number);
      const pull = at.office.github.pulls.get(number);
      if (pull) pull.state = "closed";
    });

    expect(task.state).toBe("ended: rejected");
    expect(task.attempts).toHaveLength(1);
    expect(at.office.said(task.pullRequest ?? 0)[0]).toContain("The pull request is closed.");
  });
});
