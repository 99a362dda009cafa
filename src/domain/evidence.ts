import { z } from "zod";
import { Base, ChangedFile, ObjectId } from "./change.ts";

/** What the evidence of an attempt adds up to. */
export const verdicts = ["passed", "needs-attention", "failed", "incomplete"] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

/** The checks of SPEC section 8, in the order in which they are shown. */
export const checkNames = [
  "validation",
  "baseline",
  "flaky",
  "proof of test",
  "tests",
  "scope",
  "dependencies",
  "protected",
  "approvals",
  "secrets",
  "hidden text",
  "size",
  "strays",
  "criteria",
] as const;

export const Finding = z.object({
  path: z.string().optional(),
  line: z.number().int().positive().optional(),
  message: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** One thing that was measured about a change, or the statement that it was not. */
export const Check = z.object({
  name: z.enum(checkNames),
  status: z.enum(["pass", "attention", "fail", "not measured"]),
  line: z.string(),
  findings: z.array(Finding),
});
export type Check = z.infer<typeof Check>;

/** How a bounded process ended: by itself, or by the first bound that it met. */
export const endings = [
  "itself",
  "time",
  "silence",
  "memory",
  "processes",
  "disk",
  "cancel",
  "spawn",
] as const;
export const Ending = z.enum(endings);
export type Ending = z.infer<typeof Ending>;

/** A process that was run to its end: durations in milliseconds, head and tail already redacted text. */
export const Exit = z.object({
  argv: z.array(z.string()),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  endedBy: Ending,
  durationMs: z.number().int().nonnegative(),
  log: z.object({
    sha256: z.string(),
    bytes: z.number().int().nonnegative(),
    head: z.string(),
    tail: z.string(),
  }),
});
export type Exit = z.infer<typeof Exit>;

/** One run of the validation command on a clean checkout of `tree`; `log` names the artefact that keeps all of it. */
export const Measurement = z.object({
  tree: ObjectId,
  command: z.string(),
  exit: Exit,
  log: z.string(),
  sandbox: z.enum(["bwrap", "none"]),
});
export type Measurement = z.infer<typeof Measurement>;

/** What the agent said of its own work. Quoted as such, never shown as a fact. */
export const AgentReport = z.object({
  name: z.string(),
  version: z.string().nullable(),
  outcome: z.enum(["finished", "failed", "bound", "cancelled"]),
  cause: z.string().describe("why the agent stopped, in our words"),
  summary: z.string().describe("the agent's last words"),
  costUsd: z.number().nullable().describe("null: not reported"),
  durationMs: z.number().int().nonnegative(),
  sandbox: z.enum(["bwrap", "none"]),
});
export type AgentReport = z.infer<typeof AgentReport>;

/** The record of all checks of one attempt: `evidence.json`. It names trees, not commits (SPEC section 8). */
export const Evidence = z.object({
  version: z.literal(1),
  task: z.object({
    repositoryId: z.number(),
    issueNumber: z.number(),
    round: z.number(),
    attempt: z.number(),
  }),
  briefSha256: z.string(),
  base: Base,
  tree: ObjectId,
  files: z.array(ChangedFile),
  validation: Measurement.nullable(),
  baseline: Measurement.nullable(),
  checks: z.array(Check),
  verdict: Verdict,
  agent: AgentReport,
  measuredAt: z.iso.datetime(),
});
export type Evidence = z.infer<typeof Evidence>;
