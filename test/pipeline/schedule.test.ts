import { beforeEach, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import { reconcile } from "../../src/pipeline/reconcile.ts";
import { schedule } from "../../src/pipeline/schedule.ts";
import { Office } from "./office.ts";

const at: { office: Office } = { office: new Office() };
beforeEach(() => {
  at.office = new Office();
});

const saidOf = (number: number): string => at.office.said(number).join("\n");

describe("a task whose scope overlaps with that of an open pull request", () => {
  test("waits, says for what and where it stands, and starts when that is closed", async () => {
    const { office } = at;
    const first = await office.delegate();
    const second = await office.delegate({ title: "The same again" });
    const third = await office.delegate({ title: "And once more" });

    expect([second.state, third.state]).toEqual(["held", "held"]);
    expect(saidOf(second.id.issueNumber)).toContain(
      `**Released by:** closing or merging #${first.pullRequest}, the pull request of #${first.id.issueNumber}.`,
    );
    expect(saidOf(third.id.issueNumber)).toContain("It is number 2 of those that wait in this repository.");

    await office.close(first.pullRequest ?? 0);
    await office.works();

    expect((await office.task(second.id.issueNumber)).state).toBe("proposed");
    expect((await office.task(third.id.issueNumber)).hold).toMatchObject({
      kind: "overlap",
      issue: second.id.issueNumber,
    });
  });

  test("does not wait where the repository allows it", async () => {
    at.office.github.fileTexts.set(repositoryFilePath, "overlap: allow\n");
    await at.office.delegate();

    expect((await at.office.delegate({ title: "The same again" })).state).toBe("proposed");
  });

  test("is no obstacle for the correction of that pull request", async () => {
    const first = await at.office.delegate();
    await at.office.delegate({ title: "The same again" });

    const corrected = await at.office.retry(first);

    expect([corrected.state, corrected.attempts.length]).toEqual(["proposed", 2]);
  });

  test("ends when it is cancelled", async () => {
    await at.office.delegate();
    const second = await at.office.delegate({ title: "The same again" });

    await at.office.cancel(second);

    expect((await at.office.task(second.id.issueNumber)).state).toBe("ended: cancelled");
  });
});

test("a task that depends on an open issue waits for it, and is passed by others meanwhile", async () => {
  const { office } = at;
  const needed = office.github.opensIssue("ada", { title: "First", body: "", labels: [] });
  const body = `${story.body}\n### Depends on\n\n#${needed}\n`;

  const held = await office.delegate({ body });
  const said = saidOf(held.id.issueNumber);
  const other = await office.delegate();
  const issue = office.github.issueList.get(needed);
  if (issue) issue.open = false;
  await schedule(office.ports);
  const still = await office.task(held.id.issueNumber);
  await schedule(office.ports, { look: true });

  expect(held.hold).toEqual({ kind: "depends-on", issues: [needed] });
  expect(said).toContain(`**Released by:** closing #${needed}.`);
  expect(other.state).toBe("proposed");
  expect(still.hold?.kind).toBe("depends-on");
  expect((await office.task(held.id.issueNumber)).hold?.kind).toBe("overlap");
});

test("what was released and never reached the queue is put there by reconcile, once", async () => {
  const { office } = at;
  const { queue } = office.store;
  const add = queue.add.bind(queue);
  office.ports.queue.add = async () => {
    throw new Error("the process died here");
  };
  const number = office.github.opensIssue("ada", { ...story, labels: ["agent-task"] });
  await office.accepts(number);
  await schedule(office.ports);
  const lost = await office.task(number);
  const added: string[] = [];
  office.ports.queue.add = async (job) => {
    added.push(job.kind);
    await add(job);
  };

  await reconcile(office.ports);
  await reconcile(office.ports);

  expect(lost).toMatchObject({ state: "queued", release: { at: expect.any(String) } });
  expect(added).toEqual(["attempt", "attempt"]);
});
