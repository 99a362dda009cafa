import type { Feedback } from "../../domain/task/task.ts";

/** What somebody said in review, and when they wrote it. */
export type DatedNote = { at: string; note: Feedback["notes"][number] };
