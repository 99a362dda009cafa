import { describe, expect, test } from "@jest/globals";
import { type Counted, countChange } from "../../../src/adapters/operations/count-change.ts";
import { meteredTasks } from "../../../src/adapters/operations/metered-ports.ts";
import { memoryTasks } from "../../../src/adapters/store/memory/memory-tasks.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { aTask } from "../../fixtures/tasks.ts";

type Attempt = Task["attempts"][number];

const asked: Attempt = { number: 1, askedBy: "ada", askedById: 1, askedIn: "d", starts: 1 };
const agent: NonNullable<Attempt["agent"]> = {
  ...{ name: "claude", version: "1", outcome: "finished", cause: "", summary: "", sandbox: "bwrap" },
  ...{ costUsd: 0.25, durationMs: 90_000 },
};
const evidence: NonNullable<Attempt["evidence"]> = { artefact: "a", sha256: "b", verdict: "passed" };
const failure: NonNullable<Attempt["failure"]> = { kind: "sandbox", cause: "gone" };

const inState = (state: Task["state"], attempt: Partial<Attempt> = {}): Task =>
  aTask({ state, attempts: [{ ...asked, ...attempt }] });

describe("what a change shows", () => {
  test.each<[string, Task | undefined, Task, Counted[]]>([
    ["a new task", undefined, inState("queued"), [{ what: "state", state: "queued" }]],
    ["nothing new", inState("running"), inState("running"), []],
    ["another state", inState("queued"), inState("held"), [{ what: "state", state: "held" }]],
    [
      "an agent that is done",
      inState("running"),
      inState("running", { agent }),
      [{ what: "agent", agent: "claude", outcome: "finished", seconds: 90, costUsd: 0.25 }],
    ],
    [
      "evidence",
      inState("running", { agent }),
      inState("running", { agent, evidence }),
      [{ what: "verdict", verdict: "passed", agent: "claude" }],
    ],
    [
      "a failure that ends the task",
      inState("running"),
      inState("ended: failed", { failure }),
      [
        { what: "state", state: "ended: failed" },
        { what: "failure", kind: "sandbox" },
      ],
    ],
    [
      "the correction's evidence, after the first attempt's",
      aTask({
        state: "correcting",
        attempts: [
          { ...asked, agent, evidence },
          { ...asked, number: 2, agent },
        ],
      }),
      aTask({
        state: "correcting",
        attempts: [
          { ...asked, agent, evidence },
          { ...asked, number: 2, agent, evidence: { ...evidence, verdict: "failed" } },
        ],
      }),
      [{ what: "verdict", verdict: "failed", agent: "claude" }],
    ],
  ])("%s", (_, before, after, counted) => {
    expect(countChange(before, after)).toEqual(counted);
  });

  test("is counted once it is written, and once", async () => {
    const counted: Counted[] = [];
    const tasks = meteredTasks(memoryTasks(), { counted: (one) => counted.push(one) });
    const task = inState("queued");
    const entry = { at: task.createdAt, what: "queued", by: null, details: {} };

    await tasks.create({ task, entries: [entry] });
    await tasks.create({ task, entries: [entry] });
    await tasks.change(task.id, (present) => ({ task: { ...present, state: "running" }, entries: [] }));
    await tasks.change(task.id, () => undefined);
    await expect(
      tasks.change(task.id, () => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");

    expect(counted).toEqual([
      { what: "state", state: "queued" },
      { what: "state", state: "running" },
    ]);
  });
});
