import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { expectOneProposal } from "./expect-one.ts";
import { ends, type Lane, label, openIssue, openLane } from "./lane.ts";
import { isLongForm } from "./long-form.ts";
import { outcomeOf } from "./outcome.ts";

const writes = {
  "POST comments": "issues/1/comments",
  "POST reactions": "issues/1/reactions",
  "POST git/trees": "git/trees",
  "POST git/commits": "git/commits",
  "POST git/refs": "git/refs",
  "POST pulls": "pulls",
  "POST check-runs": "check-runs",
};

const losses: [string, string[]][] = [
  ...(isLongForm ? Object.entries(writes) : []).map(([name, path]): [string, string[]] => [name, [path]]),
  ["all of them", Object.values(writes)],
];

let lane: Lane;

beforeAll(async () => {
  lane = await openLane({ CONCURRENCY: "2" });
  await lane.start();
});

afterAll(() => lane.close());

describe("the answer is lost after the effect, and there is still one of each", () => {
  test.each(losses)("%s", async (name, paths) => {
    const task = await openIssue(lane, `lost-${losses.findIndex(([one]) => one === name)}`);
    for (const path of paths)
      lane.double.faults.loseAnswers({ method: "POST", path: `/repos/${task.repository}/${path}` });

    await label(lane, task);
    await lane.service().line(ends(task, 1));

    const outcome = await outcomeOf(lane, task);
    expectOneProposal(outcome);
    expect(outcome.otherComments).toEqual([]);
  });
});
