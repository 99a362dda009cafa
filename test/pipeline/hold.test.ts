import { beforeEach, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import { lookAgain } from "../../src/pipeline/look-again.ts";
import { Office } from "./office.ts";

const at: { office: Office } = { office: new Office() };
beforeEach(() => {
  at.office = new Office();
});

/** The office's repository cannot be fetched until this is called back. */
function unplug(office: Office): () => void {
  const { worktrees } = office.ports;
  const { fetch } = worktrees;
  worktrees.fetch = async () => {
    throw new Failure("git", "git fetch: Could not resolve host: github.com");
  };
  return () => {
    worktrees.fetch = fetch;
  };
}

describe("a task whose repository cannot be fetched", () => {
  test("waits, says why and what will release it, and goes on by itself", async () => {
    const plugIn = unplug(at.office);

    const held = await at.office.delegate();
    const said = at.office.said(held.id.issueNumber);
    await lookAgain("repository", at.office.ports);
    const still = await at.office.task(held.id.issueNumber);
    plugIn();
    await lookAgain("repository", at.office.ports);
    const released = await at.office.task(held.id.issueNumber);

    expect([held.state, still.state, released.state]).toEqual(["held", "held", "queued"]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("cannot be fetched: git fetch: Could not resolve host");
    expect(said[0]).toContain("tried again by itself");
    expect(at.office.said(held.id.issueNumber)).toHaveLength(1);
    expect(at.office.said(held.id.issueNumber)[0]).toContain("Queued");
  });

  test("is refused at once for what its own text lacks", async () => {
    unplug(at.office);

    const task = await at.office.delegate({ body: "### Goal\n\nMake it work again.\n" });

    expect(task.state).toBe("incomplete");
    expect(at.office.said(task.id.issueNumber)[0]).toContain("The heading **Validation command** is missing");
  });
});

test("a label is the configured one whatever its case, as it is for GitHub", async () => {
  at.office.github.fileTexts.set(repositoryFilePath, "label: Agent-Task\n");

  expect((await at.office.delegate()).state).toBe("proposed");
});

test("who the configuration names reviews a brief that names nobody", async () => {
  at.office.github.fileTexts.set(repositoryFilePath, "reviewers: [acme/web]\n");

  const task = await at.office.delegate({ body: story.body.replace(/reviewer: @\w+/, "ask: billing") });

  expect(at.office.said(task.id.issueNumber)[0]).toContain("reviewer: `@acme/web`");
});

test("a configuration that was mended by a push nobody told us of releases its task", async () => {
  at.office.github.fileTexts.set(repositoryFilePath, "labl: x\n");
  const held = await at.office.delegate();
  at.office.github.fileTexts.delete(repositoryFilePath);

  await lookAgain("configuration", at.office.ports);

  expect(held.hold?.kind).toBe("configuration");
  expect((await at.office.task(held.id.issueNumber)).state).toBe("queued");
});

test("an edit by a stranger comes before a broken configuration, whose mending would release the task", async () => {
  at.office.github.fileTexts.set(repositoryFilePath, "labl: x\n");

  const held = await at.office.delegate({ editedBy: "rea" });
  at.office.github.fileTexts.delete(repositoryFilePath);
  await lookAgain("configuration", at.office.ports);

  expect(held.hold?.kind).toBe("recent-edit");
  expect((await at.office.task(held.id.issueNumber)).state).toBe("held");
});
