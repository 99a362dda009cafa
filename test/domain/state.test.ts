import { describe, expect, test } from "@jest/globals";
import {
  isEnded,
  next,
  type TaskEvent,
  type TaskState,
  taskEvents,
  taskStates,
} from "../../src/domain/task/state.ts";

/** The table of SPEC section 2, written again from the specification: what is not here must not happen. */
const specified: [TaskState, TaskEvent, TaskState][] = [
  ["incomplete", "completed", "queued"],
  ["incomplete", "cancelled", "ended: cancelled"],
  ["queued", "held", "held"],
  ["queued", "started", "running"],
  ["queued", "cancelled", "ended: cancelled"],
  ["queued", "gave-up", "ended: failed"],
  ["held", "released", "queued"],
  ["held", "refused", "incomplete"],
  ["held", "started", "running"],
  ["held", "cancelled", "ended: cancelled"],
  ["held", "gave-up", "ended: failed"],
  ["running", "started", "running"],
  ["running", "published", "proposed"],
  ["running", "unchanged", "ended: nothing-changed"],
  ["running", "withheld", "ended: withheld"],
  ["running", "cancelled", "ended: cancelled"],
  ["running", "gave-up", "ended: failed"],
  ["proposed", "retried", "correcting"],
  ["proposed", "closed", "ended: rejected"],
  ["proposed", "merged", "ended: merged"],
  ["correcting", "started", "correcting"],
  ["correcting", "published", "proposed"],
  ["correcting", "unchanged", "proposed"],
  ["correcting", "withheld", "proposed"],
  ["correcting", "cancelled", "proposed"],
  ["correcting", "gave-up", "proposed"],
  ["correcting", "closed", "ended: rejected"],
  ["correcting", "merged", "ended: merged"],
  ...taskStates
    .filter(isEnded)
    .map((state): [TaskState, TaskEvent, TaskState] => [state, "reopened", "proposed"]),
];

const pairs = taskStates.flatMap((state) => taskEvents.map((event) => [state, event] as const));

describe("the state machine", () => {
  test.each(pairs)("%s × %s", (state, event) => {
    const row = specified.find(([from, by]) => from === state && by === event);

    expect(next(state, event)).toBe(row?.[2]);
  });
});
