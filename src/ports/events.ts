import type { FailureNote } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import type { LiveEvent } from "../domain/task/live-event.ts";
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

/** What happens to attempts. Each event of an attempt is a line of the log, too. */
export type Events = {
  /**
   * Tells of what happens here. Those of it that are a `LiveEvent` are told to every process on the same store. Never throws,
   * and waits for nobody.
   */
  tell(event: AttemptEvent | LiveEvent): void;
  /** Tells a listener of the attempts that this process works on, from now on; returns what ends that. */
  listen(listener: EventListener): () => void;
  /**
   * Tells a listener of what happens in any process on the same store, this one too, from about now on; returns what ends
   * that. These are hints: each may be lost, as when the store restarts, so that whoever acts on them MUST also look by itself.
   */
  follow(listener: (event: LiveEvent) => void): () => void;
};

/** A text of at most so many bytes crosses; PostgreSQL takes no 8,000 (its manual, NOTIFY). */
export const broadcastBytes = 7_900;

/**
 * Short texts from process to process on one store, for `Events` alone. `send` never throws and waits for nobody: a text is
 * dropped where it is too long, or where too many wait for a store that does not answer. Nobody is told of it then.
 */
export type Broadcast = {
  send(text: string): void;
  listen(listener: (text: string) => void): () => void;
};
