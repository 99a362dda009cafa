import { expect, test } from "@jest/globals";
import { acceptedTask, presentAttempt, provedAttempt } from "../../src/domain/task/accepted-task.ts";
import { anAttempt, aTask } from "../fixtures/tasks.ts";

test("an accepted task has a brief and an attempt, and the newest is the present one", () => {
  const attempts = [anAttempt(), anAttempt({ number: 2 })];

  const task = acceptedTask(aTask({ attempts }));

  expect(task.brief.brief.validation).toBe("npm test");
  expect(presentAttempt(task).number).toBe(2);
  expect(() => provedAttempt(task)).toThrow(expect.objectContaining({ kind: "bug" }));
});

test("what nobody accepted is not worked on", () => {
  const { brief: _, ...unread } = aTask();

  expect(() => acceptedTask(unread)).toThrow(expect.objectContaining({ kind: "bug" }));
  expect(() => acceptedTask(aTask({ attempts: [] }))).toThrow(expect.objectContaining({ kind: "bug" }));
});
