import { type AcceptedTask, presentAttempt } from "../domain/task/accepted-task.ts";
import type { AgentUpdate } from "../domain/task/live-event.ts";
import type { Ports } from "../ports.ts";
import { type ToldOutput, tellOutput } from "./tell-output.ts";

/** A timeline keeps at most this many notes; what an agent says beyond is counted, not kept. */
const maxNotes = 2_000;

/** Keeps what an agent does in a leg, for its file, JSON a line, and tells whoever watches meanwhile. */
export function keepTimeline(
  task: AcceptedTask,
  ports: Pick<Ports, "events" | "timer">,
): ToldOutput & { text(): string } {
  const { number, legs = [] } = presentAttempt(task);
  const told = tellOutput({ task: task.id, attempt: number, leg: legs.length }, ports);
  const notes: AgentUpdate[] = [];
  const counted = { more: 0 };
  return {
    ...told,
    note: (update) => {
      told.note(update);
      if (notes.length < maxNotes) notes.push(update);
      else counted.more++;
    },
    text: () => [...notes, ...(counted.more ? [counted] : [])].map((n) => `${JSON.stringify(n)}\n`).join(""),
  };
}
