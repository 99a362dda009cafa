import { afterEach, describe, expect, test } from "@jest/globals";
import type { Job } from "../../../src/domain/task/job.ts";
import type { JobContext } from "../../../src/ports/store.ts";
import { gate } from "../../support/gate.ts";
import { job } from "./samples.ts";
import type { Subject } from "./store-contract.ts";

/** What every queue must do. */
export function queueContract(subject: Subject): void {
  const stops: (() => Promise<void>)[] = [];
  const mine = (issueNumber: number): Job => job(subject.repositoryId * 1_000 + issueNumber);
  /** Works on the jobs of this test; what an earlier one left behind is let go. */
  const work = async (
    handle: (job: Job, context: JobContext) => Promise<void>,
    concurrency = 1,
  ): Promise<() => Promise<void>> => {
    const first = mine(0).task.issueNumber;
    const stop = await subject.store.queue.work({
      concurrency,
      handle: async (one, context) => {
        if (one.task.issueNumber >= first) await handle(one, context);
      },
    });
    stops.push(stop);
    return stop;
  };

  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });

  describe("queue", () => {
    test("hands a job to a worker, once, though it was added twice", async () => {
      const { queue } = subject.store;
      const handled: Job[] = [];
      const last = gate();
      await Promise.all([queue.add(mine(1)), queue.add(mine(1)), queue.add(mine(1))]);
      await queue.add(mine(2));

      await work(async (one) => {
        handled.push(one);
        if (one.task.issueNumber === mine(2).task.issueNumber) last.open();
      });

      await last.passed;
      expect(handled).toEqual([mine(1), mine(2)]);
    });

    test("says how many jobs wait and how many are worked on", async () => {
      const { queue } = subject.store;
      const before = await queue.depth();
      const begun = gate();
      const mayEnd = gate();
      await Promise.all([queue.add(mine(1)), queue.add(mine(2))]);
      const added = await queue.depth();
      await work(async () => {
        begun.open();
        await mayEnd.passed;
      });
      await begun.passed;
      const during = await queue.depth();
      mayEnd.open();

      expect(added.waiting - before.waiting).toBe(2);
      expect(during.active - before.active).toBe(1);
    });

    test("hands a job at once to a worker that waits", async () => {
      const handled = gate<Job>();
      await work(async (one) => handled.open(one));

      await subject.store.queue.add(mine(1));

      expect(await handled.passed).toEqual(mine(1));
    });

    test("knows a job while it runs, and takes it anew once it is done", async () => {
      const { queue } = subject.store;
      const { passed: mayEnd, open: end } = gate();
      const started = gate();
      const afterwards = gate();
      const handled: Job[] = [];
      await work(async (one) => {
        handled.push(one);
        started.open();
        if (one.attempt === 2) afterwards.open();
        await mayEnd;
      });
      await queue.add(mine(1));
      await started.passed;

      await queue.add(mine(1));
      end();
      await queue.add({ ...mine(1), attempt: 2 });
      await afterwards.passed;
      expect(handled).toEqual([mine(1), { ...mine(1), attempt: 2 }]);

      await queue.add(mine(1));
      await untilAdded(
        () => queue.add(mine(2)),
        () => handled.length >= 4,
      );
      expect(handled.slice(2, 4)).toEqual([mine(1), mine(2)]);
    });

    test("gives a job again to a handler that throws, up to the last try, and then lets it go", async () => {
      const { queue } = subject.store;
      const contexts: Omit<JobContext, "signal">[] = [];
      let gone = gate();
      await work(async (_, { tries, last }) => {
        contexts.push({ tries, last });
        if (last) gone.open();
        throw new Error("not today");
      });

      await queue.add(mine(1));
      await gone.passed;
      expect(contexts).toEqual([
        { tries: 1, last: false },
        { tries: 2, last: false },
        { tries: 3, last: true },
      ]);

      gone = gate();
      await untilAdded(
        () => queue.add(mine(1)),
        () => contexts.length > 3,
      );
      await gone.passed;
      expect(contexts).toHaveLength(6);
    });

    test("runs no more jobs at once than it may", async () => {
      const { queue } = subject.store;
      let running = 0;
      let most = 0;
      let done = 0;
      const all = gate();
      await Promise.all(Array.from({ length: 12 }, (_, index) => queue.add(mine(index + 1))));

      await work(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        done += 1;
        if (done === 12) all.open();
      }, 3);

      await all.passed;
      expect(most).toBe(3);
    });

    test("stops: aborts what runs, waits for it, and leaves the job to the next worker without a try", async () => {
      const { queue } = subject.store;
      const started = gate();
      const next = gate<{ job: Job; tries: number }>();
      let ended = false;
      const stop = await work(async (_, { signal }) => {
        started.open();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        ended = true;
        throw new Error("interrupted");
      });
      await queue.add(mine(1));
      await started.passed;

      await stop();
      expect(ended).toBe(true);

      const before = performance.now();
      await work(async (one, { tries }) => next.open({ job: one, tries }));
      expect(await next.passed).toEqual({ job: mine(1), tries: 1 });
      expect(performance.now() - before).toBeLessThan(1_500);
    });

    test("hands what was interrupted to a worker that already waits", async () => {
      const { queue } = subject.store;
      const started = gate();
      const next = gate<Job>();
      const stop = await work(async (_, { signal }) => {
        started.open();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        throw new Error("interrupted");
      });
      await queue.add(mine(1));
      await started.passed;
      await work(async (one) => next.open(one));

      await stop();

      expect(await next.passed).toEqual(mine(1));
    });

    test("lets a job that ended well in spite of the stop be done", async () => {
      const { queue } = subject.store;
      const started = gate();
      const seen: number[] = [];
      const stop = await work(async (one, { signal }) => {
        seen.push(one.task.issueNumber);
        started.open();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      });
      await queue.add(mine(1));
      await started.passed;
      await stop();

      const last = gate();
      await queue.add(mine(2));
      await work(async (one) => {
        seen.push(one.task.issueNumber);
        last.open();
      });

      await last.passed;
      expect(seen).toEqual([mine(1), mine(2)].map((one) => one.task.issueNumber));
    });

    (subject.reopen ? test : test.skip)("keeps its jobs when it is opened again", async () => {
      await subject.store.queue.add(mine(1));

      await subject.reopen?.();

      const handled = gate<Job>();
      await work(async (one) => handled.open(one));
      expect(await handled.passed).toEqual(mine(1));
    });
  });
}

/** Adds until it takes effect: between the end of a last try and its removal the id is still known. */
async function untilAdded(add: () => Promise<void>, took: () => boolean): Promise<void> {
  while (!took()) {
    await add();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
