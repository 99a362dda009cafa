import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "../support/processes.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";
import { expectOneCorrection, expectOneProposal } from "./expect-one.ts";
import { type Delegated, ends, type Lane, label, openIssue, openLane } from "./lane.ts";
import { outcomeOf } from "./outcome.ts";

/** Paths below the repository, or from the root. */
const writes = {
  "POST comments": "issues/1/comments",
  "POST reactions": "issues/1/reactions",
  "POST git/trees": "git/trees",
  "POST git/commits": "git/commits",
  "POST git/refs": "git/refs",
  "POST pulls": "pulls",
  "POST check runs": "/graphql/createCheckRun",
};

const losses: [string, string[]][] = [
  ...Object.entries(writes).map(([name, path]): [string, string[]] => [name, [path]]),
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
      lane.double.faults.loseAnswers({
        method: "POST",
        path: path.startsWith("/") ? path : `/repos/${task.repository}/${path}`,
      });

    await label(lane, task);
    await lane.service().line(ends(task, 1));

    const outcome = await outcomeOf(lane, task);
    expectOneProposal(outcome);
    expect(outcome.otherComments).toEqual([]);
  });
});

/**
 * The effects in each attempt after which the service is killed, once each. No three of them are of one step: after three deaths
 * in a step a task is rightly not begun again by itself.
 */
const deadly = {
  first: [
    "comment.created",
    "commit.created",
    "ref.created",
    "pull.created",
    "pull.review-requested",
    "check.created",
  ],
  second: ["reaction.created", "ref.updated", "check.created", "pull.updated"],
};
const seed = Number(process.env.SEED ?? Date.now() % 100_000);

/** Kills the service after the next effect of each of the kinds on a task's repository, in any order, and starts it again. */
async function diesAfter(kinds: string[], { repository }: Delegated): Promise<void> {
  const effects = () => lane.double.effects.list().filter((effect) => effect.repository === repository);
  const left = new Set(kinds);
  let seen = effects().length;
  while (left.size > 0) {
    const next = () => effects().find(({ kind }, index) => index >= seen && left.has(kind));
    await eventually(`an effect of ${[...left].join(", ")}`, () => next() !== undefined);
    left.delete(next()?.kind ?? "");
    await lane.service().kill("SIGKILL");
    seen = effects().length;
    await lane.start();
  }
}

/** Waits until the status comment says so, and the sign-off of each attempt's commit is judged. */
async function untilProposed({ repository, ...at }: Delegated, attempts: number): Promise<void> {
  const { github } = lane.double;
  const says = (words: string): boolean =>
    github.issue({ repository, ...at }).comments.some(({ body }) => body.includes(words));
  await eventually(
    `attempt ${attempts} is proposed`,
    () =>
      says("Draft pull request open") &&
      says(`Attempt ${attempts}: verdict`) &&
      github.repository(repository).checkRuns.filter(({ name }) => name === "drafthorse/approval").length ===
        attempts,
  );
}

test(`ten deaths, each after an effect, and a fifth of all answers lost: one of each (seed ${seed})`, async () => {
  const task = await openIssue(lane, "dies-often");
  const random = seededNumbers(seed);
  for (const path of [`/repos/${task.repository}/**`, "/graphql/**"])
    lane.double.faults.loseAnswers({
      path,
      times: Number.POSITIVE_INFINITY,
      meets: () => random() < 0.2,
    });

  await label(lane, task);
  await diesAfter(deadly.first, task);
  await untilProposed(task, 1);
  await lane.double.github
    .as("ada")
    .comments({ repository: task.repository, number: 2 }, "/retry make it shorter");
  await diesAfter(deadly.second, task);
  await untilProposed(task, 2);
  await lane.service().kill("SIGTERM");

  const outcome = await outcomeOf(lane, task);
  expectOneCorrection(outcome);
  expect(outcome.otherComments).toEqual([]);
});
