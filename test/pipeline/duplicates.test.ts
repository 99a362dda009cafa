import { beforeEach, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import type { Task } from "../../src/domain/task/task.ts";
import { accept } from "../../src/pipeline/accept.ts";
import { close } from "../../src/pipeline/close.ts";
import { lookAgain } from "../../src/pipeline/look-again.ts";
import { withdraw } from "../../src/pipeline/withdraw.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office };
beforeEach(() => {
  at.office = new Office();
});

const asked = { by: "ada", byId: 42 };

/** Eve has a pull request for the issue that is filed next; its number. */
function anticipate(body = "Fixes #2"): number {
  const { github } = at.office;
  github.pushes("eve", "quick-fix", "Quick fix");
  return github.opensPullRequest("eve", {
    branch: "quick-fix",
    base: "main",
    title: "Quick fix",
    body,
    draft: false,
  });
}

function refuseDuplicates(): void {
  at.office.github.fileTexts.set(repositoryFilePath, "duplicates: refuse\n");
}

async function closes(number: number): Promise<void> {
  const pull = at.office.github.pulls.get(number);
  if (pull) pull.state = "closed";
  const { repository } = at.office.github;
  const order = { ...asked, repository, delivery: "closed", pullRequest: number, merged: false } as const;
  await close({ ...order, kind: "close" }, at.office.ports);
}

/** Ada takes the label off and adds it again. */
async function labelsAgain({ id }: Task, delivery: string): Promise<Task[]> {
  const { github, ports } = at.office;
  const issue = github.issueList.get(id.issueNumber);
  const origin = { ...asked, repository: github.repository, delivery };
  if (issue) issue.labels = [];
  await withdraw({ ...origin, kind: "withdraw", issue: id.issueNumber, why: "the label was removed" }, ports);
  if (issue) issue.labels = ["agent-task"];
  const text = { ...story, number: id.issueNumber, author: "ada" };
  await accept({ ...origin, kind: "delegate", issue: text, label: "agent-task" }, ports);
  const { repositoryId, issueNumber } = id;
  return at.office.store.tasks.find({ repositoryId, issueNumber });
}

describe("an issue that an open pull request closes already", () => {
  test("is told so, and its work is done all the same", async () => {
    const theirs = anticipate();

    const task = await at.office.delegate();

    expect(task.state).toBe("proposed");
    expect(at.office.said(task.id.issueNumber)[0]).toContain(
      `An open pull request closes this issue already**, when the draft was opened: #${theirs} by \`@eve\``,
    );
  });

  test("is held where the rules refuse a second one, until that one is closed", async () => {
    const theirs = anticipate();
    refuseDuplicates();

    const held = await at.office.delegate();
    const [said = ""] = at.office.said(held.id.issueNumber);
    await closes(theirs + 100);
    const still = await at.office.task(held.id.issueNumber);
    await closes(theirs);
    const released = await at.office.task(held.id.issueNumber);

    expect([held.state, still.state, released.state]).toEqual(["held", "held", "queued"]);
    expect(said).toContain("says `duplicates: refuse`");
    expect(said).toContain(`#${theirs} by \`@eve\``);
    expect(at.office.workshop.prompts).toEqual([]);
    expect(at.office.said(held.id.issueNumber)[0]).not.toContain("closes this issue already");
  });

  test("goes on by itself when that one names another issue by now", async () => {
    const theirs = anticipate();
    refuseDuplicates();
    const held = await at.office.delegate();
    const pull = at.office.github.pulls.get(theirs);
    if (pull) pull.body = "Something else.";

    await lookAgain("duplicate", at.office.ports);

    expect((await at.office.task(held.id.issueNumber)).state).toBe("queued");
  });

  test("is worked on when somebody who was told adds the label again", async () => {
    anticipate();
    refuseDuplicates();
    const held = await at.office.delegate();

    const rounds = await labelsAgain(held, "again");

    expect(rounds.map(({ state }) => state)).toEqual(["ended: cancelled", "queued"]);
  });

  test("is held by a draft of ours from an earlier round that GitHub does not link", async () => {
    refuseDuplicates();
    const first = await at.office.delegate();
    const pull = at.office.github.pulls.get(first.pullRequest ?? 0);
    if (pull) pull.base = "release";
    await at.office.store.tasks.change(first.id, (task) => ({
      task: { ...task, state: "ended: failed" },
      entries: [],
    }));

    const rounds = await labelsAgain(first, "again");

    expect(rounds.at(-1)?.hold).toEqual({
      kind: "duplicate",
      duplicates: [{ number: first.pullRequest, round: 1 }],
    });
  });
});

describe("a pull request that somebody opens while the agent works", () => {
  /** The number that it will have. */
  function opensMeanwhile(): { number: number } {
    const { workshop } = at.office;
    const theirs = { number: 0 };
    const { deed } = workshop;
    workshop.deed = async (...order) => {
      theirs.number ||= anticipate("Fixes #1");
      return deed(...order);
    };
    return theirs;
  }

  test("is named in ours and on the issue", async () => {
    const theirs = opensMeanwhile();

    const task = await at.office.delegate();

    const { body = "" } = at.office.github.pulls.get(task.pullRequest ?? 0) ?? {};
    expect(body).toContain(
      `Another open pull request closes this issue too**, when this one was opened: #${theirs.number} by \`@eve\``,
    );
    expect(at.office.said(task.id.issueNumber)[0]).toContain(
      `when the draft was opened: #${theirs.number} by`,
    );
  });

  test("leaves ours unopened where the rules refuse a second one; the label again goes on all the same", async () => {
    const theirs = opensMeanwhile();
    refuseDuplicates();

    const task = await at.office.delegate();
    const said = at.office.said(task.id.issueNumber)[0] ?? "";
    const rounds = await labelsAgain(task, "again");

    expect([task.state, task.failure?.kind, at.office.github.pulls.size]).toEqual([
      "ended: failed",
      "rules",
      1,
    ]);
    expect(said).toContain(`opened for this issue while the agent worked: \`#${theirs.number}\` by`);
    expect(said).toContain("The work is on the branch");
    expect(rounds.map(({ state }) => state)).toEqual(["ended: failed", "queued"]);
  });
});

test("an incomplete brief is answered before anybody looks for pull requests", async () => {
  anticipate();
  refuseDuplicates();

  const task = await at.office.delegate({ body: "Please." });

  expect(task.state).toBe("incomplete");
  expect(at.office.said(task.id.issueNumber)[0]).not.toContain("pull request closes");
});
