/** Every state of a task (SPEC section 2). */
export const taskStates = [
  "incomplete",
  "queued",
  "held",
  "running",
  "proposed",
  "correcting",
  "ended: cancelled",
  "ended: nothing-changed",
  "ended: withheld",
  "ended: failed",
  "ended: rejected",
  "ended: merged",
] as const;
export type TaskState = (typeof taskStates)[number];

/** Everything that can move a task from one state to another. */
export const taskEvents = [
  "completed",
  "refused",
  "held",
  "released",
  "started",
  "published",
  "unchanged",
  "withheld",
  "gave-up",
  "cancelled",
  "retried",
  "closed",
  "merged",
  "reopened",
] as const;
export type TaskEvent = (typeof taskEvents)[number];

const waiting = { started: "running", cancelled: "ended: cancelled", "gave-up": "ended: failed" } as const;
const ended = { reopened: "proposed" } as const;

/** The state machine: what is not in the table cannot happen. */
const transitions = {
  incomplete: { completed: "queued", cancelled: "ended: cancelled" },
  queued: { ...waiting, held: "held" },
  held: { ...waiting, released: "queued", refused: "incomplete" },
  running: {
    started: "running",
    published: "proposed",
    unchanged: "ended: nothing-changed",
    withheld: "ended: withheld",
    cancelled: "ended: cancelled",
    "gave-up": "ended: failed",
  },
  proposed: { retried: "correcting", closed: "ended: rejected", merged: "ended: merged" },
  correcting: {
    started: "correcting",
    published: "proposed",
    unchanged: "proposed",
    withheld: "proposed",
    cancelled: "proposed",
    "gave-up": "proposed",
    closed: "ended: rejected",
    merged: "ended: merged",
  },
  "ended: cancelled": ended,
  "ended: nothing-changed": ended,
  "ended: withheld": ended,
  "ended: failed": ended,
  "ended: rejected": ended,
  "ended: merged": ended,
} satisfies Record<TaskState, Partial<Record<TaskEvent, TaskState>>>;

/** The state that follows, or undefined where the event means nothing in that state. */
export function next(state: TaskState, event: TaskEvent): TaskState | undefined {
  const row: Partial<Record<TaskEvent, TaskState>> = transitions[state];
  return row[event];
}

/** Whether a task is over, until a person reopens its pull request. */
export function isEnded(state: TaskState): boolean {
  return state.startsWith("ended");
}

/** Whether an attempt works on the task now. */
export function isUnderWay({ state }: { state: TaskState }): boolean {
  return state === "running" || state === "correcting";
}
