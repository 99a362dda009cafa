import { z } from "zod";
import { describeFullDisk } from "../host/system-error.ts";

/** What can go wrong with an attempt for a reason that is not the change itself (SPEC section 12). */
export const failureKinds = [
  "brief",
  "permission",
  "setup",
  "agent-unavailable",
  "agent-failed",
  "bound",
  "cancelled",
  "sandbox",
  "storage",
  "github",
  "git",
  "rules",
  "overtaken",
  "worker-died",
  "bug",
] as const;
export const FailureKind = z.enum(failureKinds);
export type FailureKind = z.infer<typeof FailureKind>;

/** A failure as it is kept and shown: the kind, and one sentence that names the cause. */
export const FailureNote = z.object({ kind: FailureKind, cause: z.string() });
export type FailureNote = z.infer<typeof FailureNote>;

/** The facts about a kind that decide what happens next. */
type FailureFacts = {
  whose: "requester" | "repository" | "operator" | "agent" | "us";
  again: boolean;
  usesAttempt: boolean;
  /** A sentence, in which `{again}` is how work is asked for once more. */
  nextMove: string;
};

/** Kind → whose it is, whether it is tried again by itself, whether it uses up the attempt, what to do about it. */
export const failures = {
  brief: {
    whose: "requester",
    again: false,
    usesAttempt: false,
    nextMove: "Edit the issue as the comment shows.",
  },
  permission: {
    whose: "requester",
    again: false,
    usesAttempt: false,
    nextMove: "Someone with write access adds the label again.",
  },
  setup: {
    whose: "repository",
    again: false,
    usesAttempt: false,
    nextMove: "Mend the set-up, then {again}.",
  },
  "agent-unavailable": {
    whose: "operator",
    again: true,
    usesAttempt: false,
    nextMove: "The operator checks the agent's command and its account; then {again}.",
  },
  "agent-failed": {
    whose: "agent",
    again: false,
    usesAttempt: true,
    nextMove: "Read what the agent left, then retry or make the brief smaller.",
  },
  bound: {
    whose: "agent",
    again: false,
    usesAttempt: true,
    nextMove: "Make the brief smaller, or raise the limit that it met.",
  },
  cancelled: {
    whose: "requester",
    again: false,
    usesAttempt: true,
    nextMove: "To have a new round, {again}.",
  },
  sandbox: {
    whose: "operator",
    again: true,
    usesAttempt: false,
    nextMove: "The operator mends the sandbox, then {again}.",
  },
  storage: {
    whose: "operator",
    again: true,
    usesAttempt: false,
    nextMove: "The operator mends the store (disk, database), then {again}.",
  },
  github: {
    whose: "operator",
    again: true,
    usesAttempt: false,
    nextMove: "Check GitHub's status and the App's permissions, then {again}.",
  },
  git: {
    whose: "operator",
    again: true,
    usesAttempt: false,
    nextMove: "Check that the repository can be fetched, then {again}.",
  },
  rules: {
    whose: "repository",
    again: false,
    usesAttempt: false,
    nextMove: "Change the rule that is named, or what it asks for, then {again}.",
  },
  overtaken: {
    whose: "requester",
    again: false,
    usesAttempt: false,
    nextMove: "Comment `/retry` again: the correction then begins from what was pushed.",
  },
  "worker-died": {
    whose: "operator",
    again: false,
    usesAttempt: false,
    nextMove:
      "The operator looks at why the process died (the kernel's log, memory, disk) and mends it; then {again}.",
  },
  bug: {
    whose: "us",
    again: false,
    usesAttempt: false,
    nextMove: "This is a defect of Drafthorse: report it with the log of this task.",
  },
} satisfies Record<FailureKind, FailureFacts>;

/** What to do about a failure, one sentence; `again` is how the same work is asked for once more: "add the label again". */
export function failureMove(kind: FailureKind, again: string): string {
  return failures[kind].nextMove.replace("{again}", again);
}

/** Thrown where no caller can answer; caught once, at the entrypoint, and turned into a `FailureNote`. */
export class Failure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Failure";
    this.kind = kind;
  }
}

/** Reads any thrown value as a failure; what nobody foresaw is a bug of ours. */
export function failureNote(thrown: unknown): FailureNote {
  const full = describeFullDisk(thrown);
  if (full !== undefined) return { kind: "storage", cause: full };
  if (thrown instanceof Failure) return { kind: thrown.kind, cause: thrown.message };
  return { kind: "bug", cause: thrown instanceof Error ? thrown.message : String(thrown) };
}
