import { currentAttempt, type Task } from "../../domain/task/task.ts";

/** Something that a change of a task shows, to be counted once. Durations in seconds, cost in dollars. */
export type Counted =
  | { what: "state"; state: Task["state"] }
  | { what: "verdict"; verdict: string; agent: string }
  | { what: "agent"; agent: string; outcome: string; seconds: number; costUsd: number | null }
  | { what: "failure"; kind: string };

/** What is new in a task after a change; a task that was not there before has entered its state. */
export function countChange(before: Task | undefined, after: Task): Counted[] {
  const counted: Counted[] = [];
  const [old, present] = [before && currentAttempt(before), currentAttempt(after)];
  const same = old?.number === present?.number ? old : undefined;
  if (before?.state !== after.state) counted.push({ what: "state", state: after.state });
  if (present?.agent && !same?.agent) {
    const { name, outcome, durationMs, costUsd } = present.agent;
    counted.push({ what: "agent", agent: name, outcome, seconds: durationMs / 1_000, costUsd });
  }
  if (present?.evidence && !same?.evidence)
    counted.push({
      what: "verdict",
      verdict: present.evidence.verdict,
      agent: present.agent?.name ?? "unknown",
    });
  if (present?.failure && !same?.failure) counted.push({ what: "failure", kind: present.failure.kind });
  return counted;
}
