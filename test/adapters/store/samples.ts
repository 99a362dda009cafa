import { createHash } from "node:crypto";
import type { Delivery } from "../../../src/domain/task/delivery.ts";
import type { Job } from "../../../src/domain/task/job.ts";
import type { HistoryEntry, Task } from "../../../src/domain/task/task.ts";
import type { Changed } from "../../../src/ports/store.ts";

const at = "2026-01-05T10:00:00.000Z";

/** A delivery that differs from all others by `body`. */
export function delivery(body: string): Delivery {
  const digest = createHash("sha256").update(body).digest("hex");
  return { digest, id: `id-${digest.slice(0, 16)}`, event: "issues", body, receivedAt: at };
}

/** A job for one attempt at an issue. */
export function job(issueNumber: number, attempt = 1): Job {
  return { kind: "attempt", task: { repositoryId: 1, issueNumber, round: 1 }, attempt };
}

/** A task with what the test cares about changed. */
export function task(fields: Partial<Task> = {}): Task {
  return {
    id: { repositoryId: 1, issueNumber: 1, round: 1 },
    repository: { id: 1, installationId: 1, owner: "octo", name: "farm", defaultBranch: "main" },
    issue: { title: "Plough \u0000 the field", author: "octocat", body: "" },
    state: "queued",
    askedBy: "octocat",
    askedIn: "d".repeat(64),
    problems: [],
    branch: "agent/1-plough-the-field",
    attempts: [],
    fence: 0,
    createdAt: at,
    updatedAt: at,
    ...fields,
  };
}

/** One line of history. */
export function entry(what: string): HistoryEntry {
  return { at, what, by: null, details: { what } };
}

/** What creates a task: the task and its first line. */
export function created(fields: Partial<Task> = {}): Changed {
  return { task: task(fields), entries: [entry("created")] };
}
