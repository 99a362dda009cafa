import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { freePort } from "../support/free-port.ts";
import { expectOneProposal } from "./expect-one.ts";
import { ends, type Lane, label, openIssue, openLane } from "./lane.ts";
import { outcomeOf } from "./outcome.ts";

let lane: Lane;

beforeAll(async () => {
  lane = await openLane({ PORT: String(await freePort()) });
});

afterAll(() => lane.close());

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
