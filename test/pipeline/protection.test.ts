import { beforeEach, describe, expect, test } from "@jest/globals";
import { approvalCheck, type BranchRules } from "../../src/domain/rules/protection.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import { lookAgain } from "../../src/pipeline/look-again.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office };
beforeEach(() => {
  at.office = new Office();
});

const open: BranchRules = {
  approvals: 0,
  dismissesStale: false,
  checks: [],
  signatures: false,
  drafts: null,
  bypass: [],
};
const gated: BranchRules = {
  approvals: 1,
  dismissesStale: true,
  checks: [{ name: approvalCheck, app: 4242 }],
  signatures: false,
  drafts: null,
  bypass: null,
};

/** Gives the base a workflow. */
function addWorkflow(text: string): void {
  const { baseFiles } = at.office.ports;
  const path = ".github/workflows/release.yml";
  at.office.ports.baseFiles = {
    ...baseFiles,
    list: async () => [path],
    read: async (repository, base, asked) =>
      asked === path ? text : baseFiles.read(repository, base, asked),
  };
}

describe("a base that nothing gates", () => {
  test("is told on the issue and in the pull request, with the command that mends it", async () => {
    at.office.github.rules = open;

    const task = await at.office.delegate();

    const [said = ""] = at.office.said(task.id.issueNumber);
    const body = at.office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "";
    expect(task.state).toBe("proposed");
    for (const text of [said, body]) {
      expect(text).toContain("No review is required to merge into `main`.");
      expect(text).toContain("The check `drafthorse/approval` is not required.");
      expect(text).toContain("npx drafthorse protect ada/widgets --apply");
      expect(text).toContain("gh api --method POST repos/ada/widgets/rulesets --input -");
      expect(text).toContain('"integration_id": 4242');
    }
  });

  test("holds the task where the rules require it, until it is gated", async () => {
    at.office.github.rules = open;
    at.office.github.fileTexts.set(repositoryFilePath, "protection: require\n");

    const held = await at.office.delegate();
    const [said = ""] = at.office.said(held.id.issueNumber);
    await lookAgain("protection", at.office.ports);
    const still = await at.office.task(held.id.issueNumber);
    at.office.github.rules = gated;
    await lookAgain("protection", at.office.ports);
    const released = await at.office.task(held.id.issueNumber);

    expect([held.state, still.state, released.state]).toEqual(["held", "held", "queued"]);
    expect(said).toContain("says `protection: require`");
    expect(said).toContain("No review is required");
    expect(said).toContain("npx drafthorse protect ada/widgets --apply");
    expect(at.office.workshop.prompts).toEqual([]);
  });

  test("is looked at again by `/status`, in both places", async () => {
    at.office.github.rules = open;
    const task = await at.office.delegate();
    at.office.github.rules = gated;

    await at.office.status(task);

    expect(at.office.said(task.id.issueNumber)[0]).not.toContain("gates the merge");
    expect(at.office.github.pulls.get(task.pullRequest ?? 0)?.body).not.toContain("gates the merge");
  });

  test("is nobody's business where the rules say `ignore`", async () => {
    at.office.github.rules = open;
    at.office.github.fileTexts.set(repositoryFilePath, "protection: ignore\n");

    const task = await at.office.delegate();

    expect(at.office.said(task.id.issueNumber)[0]).not.toContain("merge into");
  });
});

test("a base that is gated is not spoken of, though nobody knows who may bypass its rules", async () => {
  at.office.github.rules = gated;
  at.office.github.fileTexts.set(repositoryFilePath, "protection: require\n");

  const task = await at.office.delegate();

  expect(task.state).toBe("proposed");
  expect(at.office.said(task.id.issueNumber)[0]).not.toMatch(/gates the merge|administrator/);
});

test("a workflow that would run the branch with secrets is named before it is published", async () => {
  at.office.github.rules = gated;
  addWorkflow(`on: push\nenv:\n  T: \${{ secrets.NPM_TOKEN }}\n`);

  const task = await at.office.delegate();

  const named = "`.github/workflows/release.yml`, by `push`, with `NPM_TOKEN`";
  expect(at.office.said(task.id.issueNumber)[0]).toContain(named);
  expect(at.office.github.pulls.get(task.pullRequest ?? 0)?.body).toContain(named);
});
