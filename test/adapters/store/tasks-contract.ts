import { describe, expect, test } from "@jest/globals";
import { findBreak } from "../../../src/domain/evidence/history-chain.ts";
import { taskStates } from "../../../src/domain/task/state.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import type { TaskId } from "../../../src/domain/task/task-id.ts";
import type { LiveQuery, TaskSelection } from "../../../src/ports/store.ts";
import { anAttempt } from "../../fixtures/tasks.ts";
import { created, entry, task } from "./samples.ts";
import type { Subject } from "./store-contract.ts";

/** What every ledger must do. */
export function tasksContract(subject: Subject): void {
  const id = (issueNumber: number, round = 1): TaskId => ({
    repositoryId: subject.repositoryId,
    issueNumber,
    round,
  });

  describe("tasks", () => {
    test("creates a task once, however many try", async () => {
      const { tasks } = subject.store;

      const answers = await Promise.all(
        Array.from({ length: 50 }, () => tasks.create(created({ id: id(1) }))),
      );

      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await tasks.read(id(1))).toMatchObject(task({ id: id(1) }));
      expect(await tasks.history(id(1))).toMatchObject([entry("created")]);
    });

    test("knows nothing of a task that was never created", async () => {
      const { tasks } = subject.store;

      expect(await tasks.read(id(404))).toBeUndefined();
      expect(await tasks.history(id(404))).toEqual([]);
      await expect(tasks.change(id(404), () => undefined)).rejects.toMatchObject({ kind: "storage" });
    });

    test("loses none of 100 changes that come at once, and keeps the history in their order", async () => {
      const { tasks } = subject.store;
      await tasks.create({ task: task({ id: id(1) }), entries: [] });

      await Promise.all(
        Array.from({ length: 100 }, () =>
          tasks.change(id(1), (before) => ({
            task: { ...before, fence: before.fence + 1 },
            entries: [entry(`fence ${before.fence + 1}`), entry("and a second line")],
          })),
        ),
      );

      const history = await tasks.history(id(1));
      expect(findBreak(history)).toBeUndefined();
      expect((await tasks.read(id(1)))?.historyHead).toBe(history.at(-1)?.sha256);
      expect((await tasks.read(id(1)))?.fence).toBe(100);
      expect(history).toHaveLength(200);
      expect(history.filter((_, index) => index % 2 === 0).map(({ what }) => what)).toEqual(
        Array.from({ length: 100 }, (_, index) => `fence ${index + 1}`),
      );
    });

    test("answers with the task as it then is", async () => {
      const { tasks } = subject.store;
      await tasks.create(created({ id: id(1) }));

      const unchanged = await tasks.change(id(1), () => undefined);
      const changed = await tasks.change(id(1), (before) => ({
        task: { ...before, state: "held" },
        entries: [],
      }));

      expect(unchanged.state).toBe("queued");
      expect(changed.state).toBe("held");
      expect(await tasks.history(id(1))).toMatchObject([entry("created")]);
    });

    test("throws what a decision throws, and writes nothing", async () => {
      const { tasks } = subject.store;
      await tasks.create(created({ id: id(1) }));
      const refusal = new Error("not now");

      const change = tasks.change(id(1), () => {
        throw refusal;
      });

      await expect(change).rejects.toBe(refusal);
      expect(await tasks.read(id(1))).toMatchObject(task({ id: id(1) }));
      expect(await tasks.history(id(1))).toMatchObject([entry("created")]);
    });

    test("cannot be changed through what it was given or what it gave", async () => {
      const { tasks } = subject.store;
      const given = created({ id: id(1) });
      await tasks.create(given);

      given.task.attempts.push(anAttempt());
      (await tasks.read(id(1)))?.problems.push({ line: 1, field: "goal", message: "", repair: "" });

      expect(await tasks.read(id(1))).toMatchObject(task({ id: id(1) }));
    });

    test("finds the rounds of one issue in ascending order", async () => {
      const { tasks } = subject.store;
      for (const round of [2, 10, 1, 3]) await tasks.create(created({ id: id(7, round) }));
      await tasks.create(created({ id: id(70) }));

      const found = await tasks.find({ repositoryId: subject.repositoryId, issueNumber: 7 });

      expect(found.map((one) => one.id.round)).toEqual([1, 2, 3, 10]);
      expect(await tasks.find({ repositoryId: 99_999, issueNumber: 7 })).toEqual([]);
    });

    test("finds the task of a pull request, and follows it when the pull request changes", async () => {
      const { tasks } = subject.store;
      const { repositoryId } = subject;
      await tasks.create(created({ id: id(1), pullRequest: 5 }));
      await tasks.create(created({ id: id(2) }));
      const pullRequestOf = async (number: number): Promise<number[]> =>
        (await tasks.find({ repositoryId, pullRequest: number })).map((one) => one.id.issueNumber);

      expect(await pullRequestOf(5)).toEqual([1]);

      await tasks.change(id(1), (before) => ({ task: { ...before, pullRequest: 6 }, entries: [] }));
      await tasks.change(id(2), (before) => ({ task: { ...before, pullRequest: 5 }, entries: [] }));

      expect(await pullRequestOf(5)).toEqual([2]);
      expect(await pullRequestOf(6)).toEqual([1]);
      expect(await tasks.find({ repositoryId: 99_999, pullRequest: 5 })).toEqual([]);
    });

    test("finds what has not ended, by age, and forgets it there when it ends", async () => {
      const { tasks } = subject.store;
      const live = async (): Promise<number[]> =>
        (await tasks.find({ live: true }))
          .filter((one) => one.id.repositoryId === subject.repositoryId)
          .map((one) => one.id.issueNumber);
      await tasks.create(created({ id: id(1), createdAt: "2026-01-03T00:00:00.000Z" }));
      await tasks.create(created({ id: id(2), createdAt: "2026-01-01T00:00:00.000Z" }));
      await tasks.create(created({ id: id(3), createdAt: "2026-01-02T00:00:00.000Z" }));

      expect(await live()).toEqual([2, 3, 1]);

      await tasks.change(id(3), (before) => ({ task: { ...before, state: "ended: failed" }, entries: [] }));
      expect(await live()).toEqual([2, 1]);

      await tasks.change(id(3), (before) => ({ task: { ...before, state: "proposed" }, entries: [] }));
      expect(await live()).toEqual([2, 3, 1]);
    });

    test("lists the tasks of some repositories in some states by their last change, a part at a time", async () => {
      const { tasks } = subject.store;
      const first = subject.repositoryId;
      const other = first + 500_000;
      const at = (minute: number) => `2026-01-05T10:${String(minute).padStart(2, "0")}:00.500Z`;
      const list: [number, number, Task["state"], number][] = [
        [first, 1, "proposed", 5],
        [first, 2, "proposed", 7],
        [first, 3, "held", 6],
        [first, 4, "ended: merged", 9],
        [other, 1, "proposed", 6],
        [other, 2, "held", 1],
      ];
      for (const [repositoryId, issueNumber, state, minute] of list)
        await tasks.create(
          created({ id: { repositoryId, issueNumber, round: 1 }, state, updatedAt: at(minute) }),
        );
      const shown = async (selection: Partial<TaskSelection>): Promise<string[]> =>
        (
          await tasks.select({
            ...{ repositories: [first, other], states: ["proposed", "held"], skip: 0, limit: 10 },
            ...selection,
          })
        ).map(
          ({ id: { repositoryId, issueNumber } }) => `${repositoryId === first ? "a" : "b"}${issueNumber}`,
        );

      expect(await shown({})).toEqual(["a2", "b1", "a3", "a1", "b2"]);
      expect(await shown({ skip: 1, limit: 2 })).toEqual(["b1", "a3"]);
      expect(await shown({ skip: 4, limit: 2 })).toEqual(["b2"]);
      expect(await shown({ repositories: [other] })).toEqual(["b1", "b2"]);
      expect(await shown({ repositories: [], states: [] })).toEqual([]);
      expect(await shown({ states: ["ended: merged"] })).toEqual(["a4"]);
      expect(await shown({ words: ["#2"] })).toEqual(["a2", "b2"]);
      expect(await shown({ words: ["#2", "no such word"] })).toEqual([]);
      expect(await shown({ words: ["#"], skip: 1, limit: 2 })).toEqual(["b1", "a3"]);
      expect(await shown({ words: ["50%_\\"] })).toEqual([]);
      expect((await tasks.newest([other, first, other + 1])).map((one) => one.id).sort(byRepository)).toEqual(
        [
          { repositoryId: first, issueNumber: 4, round: 1 },
          { repositoryId: other, issueNumber: 1, round: 1 },
        ],
      );

      await tasks.change(id(1), (before) => ({
        task: { ...before, state: "ended: merged", updatedAt: at(10) },
        entries: [],
      }));

      expect(await shown({ states: ["proposed"] })).toEqual(["a2", "b1"]);
      expect(await shown({ states: ["ended: merged"] })).toEqual(["a1", "a4"]);
      const counts = (await tasks.count()).filter(({ repositoryId }) =>
        [first, other].includes(repositoryId),
      );
      const sorted = counts
        .map(({ repositoryId, state, count }) => `${repositoryId - first} ${state} ${count}`)
        .sort();
      expect(sorted).toEqual([
        "0 ended: merged 2",
        "0 held 1",
        "0 proposed 1",
        "500000 held 1",
        "500000 proposed 1",
      ]);
    });

    test("lists tasks by words that very many have, however far back", async () => {
      const { tasks } = subject.store;
      const numbers = Array.from({ length: 205 }, (_, at) => at + 1);
      const made = (number: number): Partial<Task> => ({
        id: id(number),
        issue: { ...task().issue, title: `Mend the basket ${number}` },
        state: number === 1 ? "held" : "ended: merged",
        updatedAt: new Date(Date.UTC(2026, 0, 1) + number).toISOString(),
      });
      await Promise.all(numbers.map((number) => tasks.create(created(made(number)))));
      const shown = async (selection: Partial<TaskSelection>): Promise<number[]> => {
        const all = { repositories: [subject.repositoryId], states: taskStates, skip: 0, limit: 2 };
        return (await tasks.select({ ...all, ...selection })).map((one) => one.id.issueNumber);
      };

      expect(await shown({ words: ["basket"] })).toEqual([205, 204]);
      expect(await shown({ words: ["ask", "end the b"], skip: 204 })).toEqual([1]);
      expect(await shown({ words: ["basket"], states: ["held"] })).toEqual([1]);
      expect(await shown({ words: ["basket 20", "mend"], limit: 3 })).toEqual([205, 204, 203]);
    });

    test("removes the tasks of an installation with their histories, and no others", async () => {
      const { tasks } = subject.store;
      const { repositoryId } = subject;
      const repository = { ...task().repository, id: repositoryId, installationId: 70_000 + repositoryId };
      const ended = { state: "ended: merged", pullRequest: 8 } as const;
      await tasks.create(created({ id: id(1), repository }));
      await tasks.create(created({ id: id(2), repository, ...ended }));
      await tasks.create(created({ id: id(3), repository: { ...repository, installationId: 1 } }));

      const gone = await tasks.purge(repository.installationId);

      expect(gone.map(({ issueNumber }) => issueNumber).sort()).toEqual([1, 2]);
      expect((await tasks.count()).filter((one) => one.repositoryId === repositoryId)).toEqual([
        { repositoryId, state: task().state, count: 1 },
      ]);
      expect([await tasks.read(id(1)), await tasks.history(id(2))]).toEqual([undefined, []]);
      expect(await tasks.find({ repositoryId, pullRequest: 8 })).toEqual([]);
      expect(await tasks.find({ repositoryId, issueNumber: 1 })).toEqual([]);
      expect((await tasks.find({ live: true, repositoryId })).map((one) => one.id)).toEqual([id(3)]);
      expect(await tasks.purge(repository.installationId)).toEqual([]);
    });

    test("finds live tasks by repository, installation, state and hold, together or alone", async () => {
      const { tasks } = subject.store;
      const { repositoryId } = subject;
      const installationId = 50_000 + repositoryId;
      const elsewhere = 60_000 + repositoryId;
      const repository = { ...task().repository, id: repositoryId, installationId };
      const hold = { kind: "repository", cause: "no \u0000 answer" } as const;
      await tasks.create(created({ id: id(1), repository }));
      await tasks.create(created({ id: id(2), repository, state: "held", hold }));
      await tasks.create(created({ id: id(3), repository, state: "running" }));
      await tasks.create(created({ id: id(4), repository, state: "ended: merged" }));
      const away = { repositoryId: elsewhere, issueNumber: 5, round: 1 };
      await tasks.create(created({ id: away, repository: { ...repository, id: elsewhere } }));
      const found = async (query: Omit<LiveQuery, "live">): Promise<number[]> =>
        (await tasks.find({ live: true, ...query })).map((one) => one.id.issueNumber).sort((a, b) => a - b);

      expect(await found({ repositoryId })).toEqual([1, 2, 3]);
      expect(await found({ installationId })).toEqual([1, 2, 3, 5]);
      expect(await found({ installationId, states: ["queued", "held"] })).toEqual([1, 2, 5]);
      expect(await found({ repositoryId, states: ["queued", "running"] })).toEqual([1, 3]);
      expect(await found({ repositoryId, heldBy: "repository" })).toEqual([2]);
      expect(await found({ repositoryId, heldBy: "configuration" })).toEqual([]);
      expect(await found({ repositoryId, states: [] })).toEqual([]);

      await tasks.change(id(2), ({ hold: _, ...before }) => ({
        task: { ...before, state: "queued" },
        entries: [],
      }));
      await tasks.change(id(1), (before) => ({ task: { ...before, state: "ended: failed" }, entries: [] }));

      expect(await found({ repositoryId, heldBy: "repository" })).toEqual([]);
      expect(await found({ repositoryId, states: ["queued"] })).toEqual([2]);
    });

    (subject.reopen ? test : test.skip)("keeps tasks and history when it is opened again", async () => {
      await subject.store.tasks.create(created({ id: id(1), pullRequest: 9 }));

      await subject.reopen?.();

      const { tasks } = subject.store;
      expect(await tasks.read(id(1))).toMatchObject(task({ id: id(1), pullRequest: 9 }));
      expect(await tasks.history(id(1))).toMatchObject([entry("created")]);
      expect(await tasks.find({ repositoryId: subject.repositoryId, pullRequest: 9 })).toHaveLength(1);
    });
  });
}

function byRepository(a: TaskId, b: TaskId): number {
  return a.repositoryId - b.repositoryId;
}
