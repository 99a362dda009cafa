import type { AgentOutput, AgentUpdate } from "../domain/task/live-event.ts";
import type { Ports } from "../ports.ts";

/** An agent's output is told at most so often, in milliseconds. */
const everyMs = 500;

/** Entries that wait to be told; of an agent that floods, the oldest are left out. */
const mostWaiting = 100;

/** The bytes of the entries of one event, as JSON; with what is around them it must cross any store (`broadcastBytes`). */
const mostBytes = 7_000;

/** The letters of an entry; each takes at most six bytes in JSON, as a control character does. */
const mostLetters = 1_000;

type OutputPlace = Pick<AgentOutput, "task" | "attempt" | "leg">;

/** Who tells what an agent does while it works. `end` tells the rest, and MUST be called. */
export type ToldOutput = { note(update: AgentUpdate): void; spent(usd: number): void; end(): void };

/** Tells whoever watches what an agent says, does and costs, in few events; all of it is in the timeline in the end. */
export function tellOutput(
  place: OutputPlace,
  { events, timer }: Pick<Ports, "events" | "timer">,
): ToldOutput {
  const waiting: AgentUpdate[] = [];
  const state = { first: 0, usd: null as number | null, isNew: false };
  const tell = (): void => {
    if (!state.isNew) return;
    const entries = waiting.splice(0, countFitting(waiting));
    events.tell({ kind: "agent output", ...place, first: state.first, entries, usd: state.usd });
    state.first += entries.length;
    state.isNew = waiting.length > 0;
  };
  const stop = timer.every(everyMs, async () => tell());
  return {
    note: ({ kind, text }) => {
      waiting.push({ kind, text: text.slice(0, mostLetters) });
      if (waiting.length > mostWaiting) {
        waiting.shift();
        state.first += 1;
      }
      state.isNew = true;
    },
    spent: (usd) => {
      state.usd = usd;
      state.isNew = true;
    },
    end: () => {
      stop();
      while (state.isNew) tell();
    },
  };
}

/** How many of the first entries fit into one event. */
function countFitting(entries: AgentUpdate[]): number {
  let [count, bytes] = [0, 0];
  for (const entry of entries) {
    bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (bytes > mostBytes) break;
    count += 1;
  }
  return count;
}
