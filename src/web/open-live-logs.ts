import { LRUCache } from "lru-cache";
import type { AgentOutput, AgentUpdate } from "../domain/task/live-event.ts";
import { type TaskId, taskKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";

/** What is remembered: so many attempts, and of each so many of its last entries. About 12 MB at most. */
const most = { attempts: 64, entries: 200 };

/** The end of what an agent has said in the leg that it works on, as this process has heard it. */
export type LiveLog = Pick<AgentOutput, "attempt" | "leg" | "usd"> & {
  entries: AgentUpdate[];
  /** Entries of the leg that stand before these, or that were not heard. */
  before: number;
};

/** What agents are saying. It is forgotten with the process, and once a leg has ended its artefact has more. */
export type LiveLogs = { of(task: TaskId): LiveLog | undefined };

/** Remembers what is told from now on. */
export function openLiveLogs({ follow }: Pick<Ports["events"], "follow">): LiveLogs & { close(): void } {
  const logs = new LRUCache<string, LiveLog>({ max: most.attempts });
  const close = follow((event) => {
    if (event.kind !== "agent output") return;
    const key = taskKey(event.task);
    logs.set(key, withOutput(logs.get(key), event));
  });
  return { of: (task) => logs.get(taskKey(task)), close };
}

function withOutput(known: LiveLog | undefined, { attempt, leg, first, entries, usd }: AgentOutput): LiveLog {
  const isSame = known?.attempt === attempt && known.leg === leg;
  // A worker that took over begins to count anew.
  const kept = isSame && first >= known.before + known.entries.length ? known.entries : [];
  const all = [...kept, ...entries].slice(-most.entries);
  return { attempt, leg, usd, entries: all, before: first + entries.length - all.length };
}
