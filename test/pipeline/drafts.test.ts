import { beforeEach, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import type { BranchRules } from "../../src/domain/rules/protection.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import type { Task } from "../../src/domain/task/task.ts";
import { accept } from "../../src/pipeline/accept.ts";
import { lookAgain } from "../../src/pipeline/look-again.ts";
import { withdraw } from "../../src/pipeline/withdraw.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office };
beforeEach(() => {
  at.office = new Office();
  at.office.github.drafts = false;
});

const rules: BranchRules = {
  ...{ approvals: 0, dismissesStale: false, checks: [], signatures: false, bypass: [] },
  drafts: null,
};
const free: BranchRules = { ...rules, drafts: false };

const said = (task: Task) => at.office.said(task.id.issueNumber)[0] ?? "";

function requireDrafts(): void {
  at.office.github.fileTexts.set(repositoryFilePath, "draft: require\n");
}

/** Ada takes the label off and adds it again; the round that follows. */
async function labelsAgain({ id }: Task): Promise<Task | undefined> {
  const { github, ports, store } = at.office;
  const issue = github.issueList.get(id.issueNumber);
  const origin = { by: "ada", byId: 42, repository: github.repository, delivery: "again" };
  if (issue) issue.labels = [];
  await withdraw({ ...origin, kind: "withdraw", issue: id.issueNumber, why: "the label was removed" }, ports);
  if (issue) issue.labels = ["agent-task"];
  const text = { ...story, number: id.issueNumber, author: "ada" };
  await accept({ ...origin, kind: "delegate", issue: text, label: "agent-task" }, ports);
  return (await store.tasks.find({ repositoryId: id.repositoryId, issueNumber: id.issueNumber })).at(-1);
}

describe("a repository whose plan has no drafts", () => {
  test("gets an ordinary pull request, and this is said beforehand", async () => {
    at.office.github.rules = free;
    const heard: string[] = [];
    const { deed } = at.office.workshop;
    at.office.workshop.deed = async (...order) => {
      heard.push(
        ...[...at.office.github.issueList.values()].flatMap(({ comments }) => comments[0]?.body ?? []),
      );
      return deed(...order);
    };

    const task = await at.office.delegate();

    const pull = at.office.github.pulls.get(task.pullRequest ?? 0);
    expect(heard.join()).toContain("GitHub refuses draft pull requests here");
    expect([pull?.draft, pull?.title]).toEqual([false, `[draft] ${story.title}`]);
    expect(said(task)).toContain("Pull request open, an ordinary one");
    expect(said(task)).not.toContain("refuses draft pull requests here");
    expect(pull?.body).toContain("take `[draft]` off its title");
    expect(pull?.body).not.toContain("mark it ready");
    expect(pull?.body).toContain("has no rulesets");
    expect(pull?.body).not.toContain("gh api");
  });

  test("holds the task where drafts are required, until the plan has them; the label again changes nothing", async () => {
    at.office.github.rules = free;
    requireDrafts();

    const held = await at.office.delegate();
    const answer = said(held);
    const again = await labelsAgain(held);
    at.office.github.rules = rules;
    await lookAgain("draft", at.office.ports);
    const released = (await at.office.store.tasks.find({ live: true }))[0];

    expect([held.hold?.kind, again?.hold?.kind, released?.state]).toEqual(["draft", "draft", "queued"]);
    expect(answer).toContain("the repository's plan has none");
    expect(answer).not.toContain("pull request will be an ordinary one");
    expect(at.office.workshop.prompts).toEqual([]);
  });
});

describe("a repository of which nobody knows that it has no drafts", () => {
  test("gets no ordinary pull request where drafts are required; the work is on its branch", async () => {
    at.office.github.rules = rules;
    requireDrafts();

    const task = await at.office.delegate();

    expect([task.state, task.failure?.kind]).toEqual(["ended: failed", "rules"]);
    expect(at.office.github.pulls.size).toBe(0);
    expect(said(task)).toContain("`draft: require`");
    expect(said(task)).toContain("The work is on the branch");
  });

  test("is known for it the next time, and the label again tries once more", async () => {
    at.office.github.rules = rules;
    await at.office.delegate();
    requireDrafts();

    const held = await at.office.delegate();
    const answer = said(held);
    const again = await labelsAgain(held);

    expect([held.hold?.kind, again?.state]).toEqual(["draft", "queued"]);
    expect(answer).toContain("adds it again");
  });
});
