import { chained } from "../../domain/evidence/history-chain.ts";
import { Failure } from "../../domain/task/failure.ts";
import { hasWords, searchedText } from "../../domain/task/searched-text.ts";
import type { HistoryLine, Task } from "../../domain/task/task.ts";
import { parseTaskKey, type TaskId, taskKey } from "../../domain/task/task-id.ts";
import type { Changed, TaskCount, TaskQuery, TaskSelection, Tasks } from "../../ports/store.ts";
import type { Log } from "../../ports.ts";
import { memoryLocks } from "./memory/memory-locks.ts";
import { isFound, missingTask, readHistoryLine, readTask, sortTasks } from "./task-record.ts";

/** A task as a database keeps it: text, and a version that every write raises. */
export type TaskRecord = { key: string; version: number; text: string };

/** What one write leaves: the task, and its lines chained to those before. */
export type Written = { task: Task; lines: HistoryLine[] };

/** One write of the ledger: it happens only if the record is still at `version`, where 0 means that there is none. */
export type TaskWrite = { key: string; version: number; before: Task | undefined; changed: Written };

/** What a database must do for the ledger: each is one atomic and durable step. */
export type TaskRecords = {
  read(key: string): Promise<TaskRecord | undefined>;
  write(write: TaskWrite): Promise<boolean>;
  find(query: TaskQuery): Promise<TaskRecord[]>;
  select(selection: TaskSelection): Promise<TaskRecord[]>;
  newest(repositories: number[]): Promise<TaskRecord[]>;
  count(): Promise<TaskCount[]>;
  /** Resolves to the keys of what is gone. */
  purge(installationId: number): Promise<string[]>;
  history(key: string): Promise<string[]>;
};

/** How often a change is decided anew because another process wrote first; each time somebody got on. */
const maxDecisions = 1_000;

/** The ledger over any database that can compare a version and swap. */
export function versionedTasks(records: TaskRecords, options: { changeWaitMs: number; log: Log }): Tasks {
  const turns = memoryLocks({ lockWaitMs: options.changeWaitMs });
  const readAll = reader(options.log);

  const change = async (id: TaskId, decide: (task: Task) => Changed | undefined): Promise<Task> => {
    const key = taskKey(id);
    for (let decisions = 0; decisions < maxDecisions; decisions++) {
      const record = await records.read(key);
      if (!record) throw missingTask(id);
      const before = readTask(key, record.text);
      const decided = decide(before);
      if (!decided) return before;
      const changed = chained(decided, before.historyHead);
      if (await records.write({ key, version: record.version, before, changed })) return changed.task;
    }
    throw new Failure("storage", `Others kept changing ${key}: it was decided ${maxDecisions} times.`);
  };

  return {
    create: (changed) =>
      records.write({
        key: taskKey(changed.task.id),
        version: 0,
        before: undefined,
        changed: chained(changed, undefined),
      }),
    async read(id) {
      const record = await records.read(taskKey(id));
      return record && readTask(record.key, record.text);
    },
    // Taking turns within the process spares the database most of the collisions; the version guards the rest.
    change: (id, decide) => turns.exclusively(taskKey(id), () => change(id, decide)),
    async find(query) {
      const found = await records.find(query);
      // Who looks for one issue's tasks must not be told that there are none: a second round would begin.
      const tasks = "live" in query ? readAll(found) : found.map(({ key, text }) => readTask(key, text));
      // A record that an earlier version wrote says less of itself than is asked for.
      return sortTasks(
        query,
        tasks.filter((task) => isFound(query, task)),
      );
    },
    select: async (selection) => withWords(readAll(await records.select(selection)), selection.words ?? []),
    newest: async (repositories) => readAll(await records.newest(repositories)),
    count: () => records.count(),
    purge: async (installationId) =>
      (await records.purge(installationId)).flatMap((key) => parseTaskKey(key) ?? []),
    async history(id) {
      const key = taskKey(id);
      return (await records.history(key)).map((entry) => readHistoryLine(key, entry));
    },
  };
}

/** A record that an earlier version wrote says nothing of its words. */
function withWords(tasks: Task[], words: readonly string[]): Task[] {
  return words.length === 0 ? tasks : tasks.filter((task) => hasWords(searchedText(task), words));
}

/**
 * Reads what can be read, and names each of the others once. A newer version may have left a task in a state that this
 * one does not know: that must stop nothing but the task itself.
 */
function reader(log: Log): (records: TaskRecord[]) => Task[] {
  const told = new Set<string>();
  const read = ({ key, text }: TaskRecord): Task[] => {
    try {
      return [readTask(key, text)];
    } catch (err) {
      if (!told.has(key)) log.error({ key, err }, "a task was passed over: this version cannot read it");
      told.add(key);
      return [];
    }
  };
  return (records) => records.flatMap(read);
}
