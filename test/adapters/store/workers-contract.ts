import { expect, test } from "@jest/globals";
import type { LivingWorker } from "../../../src/domain/host/living-worker.ts";
import type { Subject } from "./store-contract.ts";

const aWorker = (id: string, startedAt: string): LivingWorker => ({
  ...{ id, machine: "m-1", pid: 7, version: "0.1.0", concurrency: 2, startedAt, seenAt: startedAt },
  work: [
    {
      task: { repositoryId: 1, issueNumber: 2, round: 1 },
      ...{ attempt: 1, step: "worked", since: startedAt },
    },
  ],
});

/** What every list of workers must do; that the silent are forgotten is for the engine's own tests, which need its clock. */
export function workersContract(subject: Subject): void {
  test("keeps what each worker said last, in the order of their start, until it is forgotten", async () => {
    const { workers } = subject.store;
    const [early, late] = [
      aWorker("early", "2026-11-21T10:00:00.000Z"),
      aWorker("late", "2026-11-21T11:00:00.000Z"),
    ];
    await workers.keep(late);
    await workers.keep(early);

    const idle = { ...late, work: [] };
    await workers.keep(idle);

    expect(await workers.list()).toEqual([early, idle]);
    await workers.forget("early");
    await workers.forget("nobody");
    expect(await workers.list()).toEqual([idle]);
    await workers.forget("late");
    expect(await workers.list()).toEqual([]);
  });
}
