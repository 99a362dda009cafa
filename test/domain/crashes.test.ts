import { expect, test } from "@jest/globals";
import { letGo, takeOver } from "../../src/domain/task/lease.ts";
import type { Task } from "../../src/domain/task/task.ts";
import { aTask } from "../fixtures/tasks.ts";

/** What workers do one after the other: `t` takes the attempt up, a digit: the worker with that fencing number says that it lives. */
function after(story: string): Task["crashes"] {
  let task: Task = { ...aTask(), fence: 0 };
  for (const act of story)
    task =
      act === "t"
        ? (takeOver(task, 1) ?? task)
        : (letGo(task, { id: task.id, attempt: 1, fence: Number(act) }) ?? task);
  return task.crashes;
}

test.each([
  ["the first worker", "t", { isInHand: true, count: 0 }],
  ["one that lets go and is followed by the next", "t1t2t", { isInHand: true, count: 0 }],
  ["one that dies", "tt", { isInHand: true, count: 1 }],
  ["three that die", "tttt", { isInHand: true, count: 3 }],
  ["one that was frozen, and says so when it is thawed", "tt1", { isInHand: true, count: 0 }],
  ["one that was frozen, between two that died", "tttt2", { isInHand: true, count: 2 }],
  ["one that lives and has let go since", "tt12", { isInHand: false, count: 0 }],
  ["one that says twice that it lives", "t11", { isInHand: false, count: 0 }],
  ["a late one of which nobody counted anything", "t1t21", { isInHand: false, count: 0 }],
])("after %s", (_, story, crashes) => {
  expect(after(story)).toEqual(crashes);
});

test("of another attempt nothing is said", () => {
  expect(
    letGo(
      { ...aTask(), ...{ crashes: { isInHand: true, count: 2 } } },
      { id: aTask().id, attempt: 2, fence: 1 },
    ),
  ).toBeUndefined();
});
