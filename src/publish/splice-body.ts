import type { TaskId } from "../domain/task/task-id.ts";
import { marker } from "../domain/task/task-id.ts";

/** Puts our part anew into a body between its markers; what people wrote around it stays. */
export function spliceBody(id: TaskId, present: string, ours: string): string {
  const from = present.indexOf(marker(id, "body"));
  const end = marker(id, "end");
  const to = present.indexOf(end, from);
  if (from < 0 || to < 0) return present.trim() ? `${ours}\n\n${present}` : ours;
  return present.slice(0, from) + ours + present.slice(to + end.length);
}
