import { beforeEach, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import type { Task } from "../../src/domain/task/task.ts";
import type { CheckReport } from "../../src/ports/github.ts";
import { Office } from "./office.ts";

const asking = story.body.replace(/reviewer: .*/, (line) => `${line}\n- ask: \`src/**\``);

let office: Office;
beforeEach(() => {
  office = new Office();
  office.github.permissions.set("wil", "write").set("ada", "admin");
});

/** What `drafthorse/approval` says on a commit. */
function approvalOn(head: string | undefined): CheckReport | undefined {
  return office.github.checks.find((check) => check.name === "drafthorse/approval" && check.head === head);
}

function headOf(task: Task): string {
  return office.github.pulls.get(task.pullRequest ?? 0)?.head ?? "";
}

async function proposed(body = story.body): Promise<Task> {
  const task = await office.delegate({ body });
  expect(task.state).toBe("proposed");
  return task;
}

describe("an agent's pull request", () => {
  test("waits for its owner, is green at their review, and begins anew at a push", async () => {
    const task = await proposed();
    const number = task.pullRequest ?? 0;
    expect(approvalOn(headOf(task))).toMatchObject({
      conclusion: "action_required",
      title: "Waits for an approving review by ada",
    });

    office.github.reviews("ada", number);
    await office.hears(number, "reviewed");
    expect(approvalOn(headOf(task))).toMatchObject({ conclusion: "success", title: "Signed off by ada" });

    const pushed = office.github.pushes("wil", task.branch, "Tidy");
    await office.hears(number, "pushed");
    expect(approvalOn(pushed)).toMatchObject({ conclusion: "action_required" });
    expect(approvalOn(pushed)?.text).toContain("does not count: it is of an older commit");
  });

  test("a class that must be asked for waits for its word, which counts for one head", async () => {
    const task = await proposed(asking);
    const number = task.pullRequest ?? 0;
    office.github.reviews("ada", number);
    await office.hears(number, "reviewed");
    expect(approvalOn(headOf(task))?.title).toBe("Waits for /approve src/**");

    const after = await office.approve(task, { words: "src/**" });

    expect(approvalOn(headOf(task))?.conclusion).toBe("success");
    expect(after.approvals).toEqual([{ name: "src/**", by: "ada", head: headOf(task) }]);
    expect(await office.approve(task, { words: "src/**" })).toEqual(after);
  });

  test.each([
    [
      "a class that is not asked for",
      { words: "ci" },
      /"ci" is not asked for here. Asked for: \/approve src/,
    ],
    ["nothing", { words: "" }, /names no class/],
    ["by a writer who owns nothing", { words: "src/**", by: "wil" }, /Only somebody who may sign off/],
    ["in words older than the head", { words: "src/**", at: "2026-11-20T10:00:00Z" }, /moved to/],
    ["in a review of another commit", { words: "src/**", commit: "f".repeat(40) }, /moved to/],
  ])("%s is refused, with the reason", async (_, said, why) => {
    const task = await proposed(asking);

    const after = await office.approve(task, said);

    expect(after.approvals).toBeUndefined();
    expect(office.said(task.pullRequest ?? 0).at(-1)).toMatch(why);
    expect(office.said(task.pullRequest ?? 0).at(-1)).toMatch(/Nothing was approved/);
    expect([...office.github.reactions.values()].at(-1)).toEqual(new Set(["confused"]));
  });

  test("where nothing has to be asked for, a word is refused", async () => {
    const task = await proposed();

    await office.approve(task, { words: "ci" });

    expect(office.said(task.pullRequest ?? 0).at(-1)).toMatch(/a review is all it needs/);
  });

  test("a stranger's word is answered by a reaction alone", async () => {
    const task = await proposed(asking);

    const after = await office.approve(task, { words: "src/**", by: "rea" });

    expect(after.approvals).toBeUndefined();
    expect(office.said(task.pullRequest ?? 0)).toEqual([]);
  });
});

describe("every other pull request", () => {
  const order = { base: "main", title: "Mine", body: "", draft: false };

  test.each(["wil", "renovate[bot]", "eve"])("one by %s is green at once", async (by) => {
    const head = office.github.pushes(by, `by-${by}`, "Mine");
    const number = office.github.opensPullRequest(by, { ...order, branch: `by-${by}` });

    await office.hears(number, "opened");

    expect(approvalOn(head)).toMatchObject({ conclusion: "success", title: "No agent's commit here" });
  });

  test("a second one from our branch is not", async () => {
    const task = await proposed();
    const number = office.github.opensPullRequest("wil", { ...order, branch: task.branch });

    await office.hears(number, "opened");

    const answers = office.github.checks.filter(
      ({ name, head }) => name === "drafthorse/approval" && head === headOf(task),
    );
    expect(answers.map(({ externalId, conclusion }) => [externalId, conclusion])).toEqual([
      [`pull-${task.pullRequest}`, "action_required"],
      [`pull-${number}`, "action_required"],
    ]);
  });

  test("one on top of our branch is not, until that is merged", async () => {
    const task = await proposed();
    office.github.refs.set("on-top", headOf(task));
    const head = office.github.pushes("wil", "on-top", "More");
    const number = office.github.opensPullRequest("wil", { ...order, branch: "on-top" });
    await office.hears(number, "opened");
    expect(approvalOn(head)).toMatchObject({ conclusion: "action_required" });
    expect(approvalOn(head)?.text).toContain(`for #${task.id.issueNumber}`);

    office.github.refs.set("main", headOf(task));
    await office.hears(number, "asked again");

    expect(approvalOn(head)).toMatchObject({ conclusion: "success" });
  });
});

describe("a merge group", () => {
  async function group(head: string, ref: string): Promise<void> {
    const { repository } = office.github;
    const base = office.github.refs.get("main") ?? "";
    await office.follows({ kind: "merge group", repository, head, base, ref });
  }

  test("without an agent's commit is green", async () => {
    const head = office.github.pushes("wil", "queue", "Mine");

    await group(head, "refs/heads/gh-readonly-queue/main/pr-90-abc");

    expect(approvalOn(head)).toMatchObject({ conclusion: "success" });
  });

  test("with one is as green as its pull request", async () => {
    const task = await proposed();
    const number = task.pullRequest ?? 0;
    const head = headOf(task);
    const inQueue = office.github.addCommit({
      ...{ tree: "e".repeat(40), parents: [head], message: "Merge", author: "wil", verified: true },
    });
    await group(inQueue, `refs/heads/gh-readonly-queue/main/pr-${number}-abc`);
    expect(approvalOn(inQueue)).toMatchObject({ conclusion: "action_required" });

    office.github.reviews("ada", number);
    await group(inQueue, `refs/heads/gh-readonly-queue/main/pr-${number}-abc`);

    expect(approvalOn(inQueue)).toMatchObject({ conclusion: "success", title: `Signed off in #${number}` });
  });

  test("with a commit of ours that no task knows is not", async () => {
    const squashed = { tree: "e".repeat(40), message: "Squash", author: office.github.botLogin };
    const parents = [office.github.refs.get("main") ?? ""];
    const head = office.github.addCommit({ ...squashed, parents, verified: true });

    await group(head, "refs/heads/gh-readonly-queue/main/pr-90-abc");

    expect(approvalOn(head)).toMatchObject({ conclusion: "action_required" });
  });
});
