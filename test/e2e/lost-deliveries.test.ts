import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { freePort } from "../support/free-port.ts";
import { eventually } from "../support/processes.ts";
import { expectOneProposal } from "./expect-one.ts";
import { type Delegated, ends, type Lane, label, openIssue, openLane } from "./lane.ts";
import { outcomeOf } from "./outcome.ts";

/** How far GitHub's clock stands back. */
let minutesAgo = 0;
let lane: Lane;

beforeAll(async () => {
  const clock = () => Date.now() - minutesAgo * 60_000;
  lane = await openLane({ PORT: String(await freePort()) }, { clock });
});

afterAll(() => lane.close());

const commentsOn = (task: Delegated) => lane.double.github.issue(task).comments.map(({ body }) => body);

test("a label that was set while nothing ran is asked for again at the start, and makes one task", async () => {
  await lane.start();
  const task = await openIssue(lane, "lost");
  await lane.service().kill("SIGTERM");
  await label(lane, task);

  const service = await lane.start();
  await service.line(ends(task, 1));
  await service.kill("SIGTERM");

  expectOneProposal(await outcomeOf(lane, task));
  expect(service.lines.map(({ msg }) => msg)).toContain("a delivery that never arrived was asked for again");
  expect(await lane.double.violations()).toEqual([]);
});

test("labels older than the installation are found at the start; where the text has changed since, the label is asked for again", async () => {
  minutesAgo = 10;
  const task = await openIssue(lane, "early", "", false);
  const changed = await openIssue(lane, "edited", "", false);
  for (const one of [task, changed]) await label(lane, one);
  minutesAgo = 5;
  await lane.double.github.as("ada").edits(changed, { title: "Something else" });
  minutesAgo = 0;
  for (const { repository } of [task, changed]) lane.double.github.installs(repository);

  const service = await lane.start();
  await service.line(ends(task, 1));
  await eventually("the label is asked for again", () =>
    commentsOn(changed).some((body) => body.includes("add it again")),
  );
  await lane.double.github.as("ada").unlabels(changed, "agent-task");
  await label(lane, changed);
  await service.line(ends(changed, 1));
  await service.kill("SIGTERM");

  expectOneProposal(await outcomeOf(lane, task));
  expect(commentsOn(changed)).toHaveLength(1);
  expect(await lane.double.violations()).toEqual([]);
});
