import type { FailureNote } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import type { TaskEvent } from "../domain/task/state.ts";
import type { TaskId } from "../domain/task/task-id.ts";

type Step = { task: TaskId; attempt: number; fence: number; step: string };

/** What happens to an attempt while somebody works on it. */
export type AttemptEvent =
  | ({ kind: "step begun" } & Step)
  | ({ kind: "step done"; durationMs: number } & Step)
  /** What was thrown is `err`; the job may be tried again. */
  | { kind: "attempt interrupted"; job: Job; failure: FailureNote; tries: number; err: unknown }
  | { kind: "attempt ended"; task: TaskId; attempt: number; event: TaskEvent }
  | { kind: "questions asked"; task: TaskId; attempt: number };

/** Is told of each event, and MUST NOT throw. */
export type EventListener = (event: AttemptEvent) => void;

/** The events of the attempts that this process works on. Each is a line of the log, too. */
export type Events = {
  tell(event: AttemptEvent): void;
  /** Tells a listener of what happens from now on; returns what ends that. */
  listen(listener: EventListener): () => void;
};
