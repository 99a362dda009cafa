import { chained } from "../../../domain/evidence/history-chain.ts";
import { hasWords, searchedText } from "../../../domain/task/searched-text.ts";
import { taskStates } from "../../../domain/task/state.ts";
import type { Task } from "../../../domain/task/task.ts";
import { type TaskId, taskKey } from "../../../domain/task/task-id.ts";
import type { Changed, TaskCount, TaskSelection, Tasks } from "../../../ports/store.ts";
import { byChange, isFound, missingTask, readHistoryLine, readTask, sortTasks } from "../task-record.ts";

/** The ledger in memory. It keeps text, as the other engines do, so that nobody can change a task by its reference. */
export function memoryTasks(): Tasks {
  const records = new Map<string, { task: string; entries: string[] }>();

  const read = (key: string): Task | undefined => {
    const record = records.get(key);
    return record && readTask(key, record.task);
  };
  const write = (key: string, changed: Changed): Task => {
    const { task, lines } = chained(changed, read(key)?.historyHead);
    const texts = lines.map((line) => JSON.stringify(line));
    records.set(key, {
      task: JSON.stringify(task),
      entries: [...(records.get(key)?.entries ?? []), ...texts],
    });
    return task;
  };

  const all = () => [...records].map(([key, record]) => readTask(key, record.task));

  return {
    async create(changed) {
      const key = taskKey(changed.task.id);
      if (records.has(key)) return false;
      write(key, changed);
      return true;
    },
    async read(id) {
      return read(taskKey(id));
    },
    async change(id, decide) {
      const task = read(taskKey(id));
      if (!task) throw missingTask(id);
      const changed = decide(task);
      return changed ? write(taskKey(id), changed) : task;
    },
    async find(query) {
      return sortTasks(
        query,
        all().filter((task) => isFound(query, task)),
      );
    },
    select: async (selection) => selectFrom(all(), selection),
    newest: async (repositories) => repositories.flatMap((id) => newestOf(all(), id)),
    count: async () => countTasks(all()),
    purge: async (installationId) => {
      const gone = all().filter(({ repository }) => repository.installationId === installationId);
      for (const { id } of gone) records.delete(taskKey(id));
      return gone.map(({ id }) => id);
    },
    async history(id: TaskId) {
      const key = taskKey(id);
      return (records.get(key)?.entries ?? []).map((entry) => readHistoryLine(key, entry));
    },
  };
}

function selectFrom(tasks: Task[], { repositories, states, skip, limit, words = [] }: TaskSelection): Task[] {
  return tasks
    .filter(({ id, state }) => repositories.includes(id.repositoryId) && states.includes(state))
    .filter((task) => words.length === 0 || hasWords(searchedText(task), words))
    .sort(byChange)
    .slice(skip, skip + limit);
}

function newestOf(tasks: Task[], repositoryId: number): Task[] {
  return selectFrom(tasks, { repositories: [repositoryId], states: taskStates, skip: 0, limit: 1 });
}

function countTasks(tasks: Task[]): TaskCount[] {
  const counts = new Map<string, TaskCount>();
  for (const { id, state } of tasks) {
    const place = `${id.repositoryId} ${state}`;
    const { count = 0 } = counts.get(place) ?? {};
    counts.set(place, { repositoryId: id.repositoryId, state, count: count + 1 });
  }
  return [...counts.values()];
}
