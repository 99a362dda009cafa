import { expect, test } from "@jest/globals";
import { openAttemptEvents } from "../../src/adapters/host/open-attempt-events.ts";
import { memoryBroadcast } from "../../src/adapters/store/memory/memory-broadcast.ts";
import type { AttemptEvent } from "../../src/ports/events.ts";
import { recordingLog } from "../support/recording-log.ts";

const task = { repositoryId: 1, issueNumber: 2, round: 1 };
const step: AttemptEvent = { kind: "step begun", task, attempt: 1, fence: 3, step: "proved" };

test("an event is a line of the log, and is told to those who listen then", () => {
  const log = recordingLog();
  const events = openAttemptEvents(log, memoryBroadcast());
  const heard: AttemptEvent[] = [];
  const unlisten = events.listen((event) => heard.push(event));
  const failure = { kind: "github", cause: "GitHub did not answer." } as const;
  const job = { kind: "attempt", task, attempt: 1 } as const;
  const interrupted: AttemptEvent = { kind: "attempt interrupted", job, failure, tries: 2, err: "gone" };

  events.tell(step);
  events.tell(interrupted);
  unlisten();
  events.tell({ kind: "attempt ended", task, attempt: 1, event: "published" });

  expect(heard).toEqual([step, interrupted]);
  expect(log.lines).toEqual([
    { level: "info", fields: { task, attempt: 1, fence: 3, step: "proved" }, message: "step begun" },
    { level: "warn", fields: { job, failure, tries: 2, err: "gone" }, message: "attempt interrupted" },
    { level: "info", fields: { task, attempt: 1, event: "published" }, message: "attempt ended" },
  ]);
});
