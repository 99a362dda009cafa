import { z } from "zod";
import { SkippedStep } from "../task/skipped-step.ts";
import { AttemptReference } from "../task/task-id.ts";
import { AssertionTrial } from "./assertion-trial.ts";
import { BoundName } from "./bound.ts";
import { Base, ChangedFile, ObjectId } from "./change.ts";
import { type CheckName, checkNames, type MeasuredBy, type ProofStep, type StatusOf } from "./checks.ts";
import { Exit, ShortExit } from "./exit.ts";
import { Surrounding } from "./surrounding.ts";
import { TestCounts } from "./test-counts.ts";
import { WantedNode } from "./wanted-node.ts";
import { WantedTool } from "./wanted-tool.ts";

/** What the evidence of an attempt adds up to. */
export const verdicts = ["passed", "needs-attention", "failed", "incomplete"] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

export const Finding = z.object({
  path: z.string().optional(),
  line: z.number().int().positive().optional(),
  message: z.string(),
  criterion: z.string().optional().describe("the criterion of the brief that it is about, by its id"),
  measured: z
    .literal(true)
    .optional()
    .describe("of a criterion: a test that is red on the base's code and green on the change shows it"),
});
export type Finding = z.infer<typeof Finding>;

/** What a row says beside its status: the change is shown by nothing, or no scope was declared. */
const rowReasons = ["nothing shown", "no scope"] as const;

/** One thing that was measured about a change, or the statement that it was not. */
export const Check = z.object({
  name: z.enum(checkNames),
  status: z.enum(["pass", "attention", "fail", "not measured"]),
  line: z.string(),
  reason: z
    .enum(rowReasons)
    .optional()
    .describe("what readers decide upon that the status does not say; the line says it in words"),
  findings: z.array(Finding),
});
export type Check = z.infer<typeof Check>;

/** The row of one check, which says no worse than its registry allows. */
export type CheckRow<Name extends CheckName> = Omit<Check, "name" | "status"> & {
  name: Name;
  status: StatusOf<Name>;
};

/** A row for each check that one step of the proof measures; one that is missing does not compile. */
export type RowsBy<Step extends ProofStep> = { [Name in MeasuredBy<Step>]: CheckRow<Name> };

/** One run of the validation command on a clean checkout of `tree`; `log` names the artefact that keeps all of it. */
export const Measurement = z.object({
  tree: ObjectId,
  command: z.string(),
  exit: Exit,
  log: z.string(),
  commands: z
    .array(ShortExit.extend({ command: z.string() }))
    .optional()
    .describe(
      "where there are several: how each ended, in their order up to the first that failed; `exit` is the last one's, with the time and the log of all",
    ),
  sandbox: z.enum(["bwrap", "none"]),
  counts: TestCounts.optional().describe(
    "what the log says of its tests; absent: no runner's summary was recognised",
  ),
  reported: TestCounts.optional().describe(
    "what the test reports say that the run left in its checkout; absent: there were none that could be read",
  ),
  setup: z
    .literal(true)
    .optional()
    .describe("the set-up failed on this tree: `exit` is how it ended, and the command was not run"),
  cut: z
    .literal(true)
    .optional()
    .describe("the proof's own time was over before the command's: this is no result of the command"),
  surroundings: z
    .array(Surrounding)
    .optional()
    .describe("what was otherwise around this run than around the validation; absent: nothing"),
  earlier: z
    .object({ task: z.string(), at: z.iso.datetime() })
    .optional()
    .describe("measured before, on the same tree with the same command and set-up, for this task"),
});
export type Measurement = z.infer<typeof Measurement>;

/** The command once more on the same tree with other surroundings, and what was needed to tell whom that depends on. */
export const ElsewhereRuns = z.object({
  changed: z.array(Surrounding).describe("what was otherwise in the runs"),
  unchanged: z.array(z.object({ what: Surrounding, why: z.string() })).describe("what could not be changed"),
  change: z
    .array(Measurement)
    .describe(
      "the runs on `tree`; none where the watched run with these surroundings came to the same, or `why` says why",
    ),
  base: z.array(Measurement).describe("the runs on the base, made where those on `tree` differ"),
  singles: z
    .array(Measurement)
    .describe("runs on `tree` with one thing changed, to name what makes it differ"),
  why: z.string().describe("why there is no result; empty: there is one"),
});
export type ElsewhereRuns = z.infer<typeof ElsewhereRuns>;

const Turns = z
  .number()
  .int()
  .nonnegative()
  .nullable()
  .describe(
    "requests to the model that were passed on and not turned down; null: not measured, so that no bound was kept",
  );

/** One leg of an attempt: the agent works until it ends its turn. Every leg after the first is a repair. */
export const LegReport = z.object({
  agent: z.string(),
  durationMs: z.number().int().nonnegative(),
  costUsd: z.number().nullable(),
  turns: Turns.optional(),
  tree: ObjectId.describe("what the leg left"),
  validation: ShortExit.nullable().describe("how the validation of that tree ended; null: not measured then"),
});
export type LegReport = z.infer<typeof LegReport>;

/** What the agent said of its own work. Quoted as such, never shown as a fact. */
export const AgentReport = z.object({
  name: z.string(),
  version: z.string().nullable(),
  model: z.string().nullable().optional().describe("as the agent names it; null: not reported"),
  passedOver: z
    .array(z.object({ name: z.string(), why: z.string() }))
    .optional()
    .describe("agents that were asked before and could not be put to work"),
  legs: z.array(LegReport).optional().describe("the legs of the attempt, the first first"),
  outcome: z.enum(["finished", "failed", "bound", "cancelled"]),
  bound: BoundName.optional().describe("which bound it met"),
  cause: z.string().describe("why the agent stopped, in our words"),
  summary: z.string().describe("the agent's last words"),
  costUsd: z.number().nullable().describe("null: not reported"),
  turns: Turns.optional(),
  durationMs: z.number().int().nonnegative(),
  sandbox: z.enum(["bwrap", "none"]),
  registries: z
    .array(z.string())
    .optional()
    .describe(
      "hosts from which the agent could read packages, since the brief declares dependencies; absent: none",
    ),
});
export type AgentReport = z.infer<typeof AgentReport>;

const Sha256 = z.string();

/** The record of all checks of one attempt: `evidence.json`. It names trees, not commits (SPEC section 8). */
export const Evidence = z.object({
  version: z
    .literal(1)
    .describe("raised when something is removed or changes its meaning, not when something is added"),
  task: AttemptReference.describe("whose evidence this is, by GitHub's numbers"),
  briefSha256: Sha256.describe("SHA-256 of the brief as it was frozen; the commit's trailer Brief-SHA256"),
  base: Base.describe("what the task began from; `tree` is what the files are compared with"),
  tree: ObjectId.describe("the git tree that was validated, and the only one that may be published"),
  files: z
    .array(ChangedFile)
    .describe("every path that differs between the base's tree and `tree`, without renames"),
  setup: z
    .object({
      run: z.string(),
      guessedFrom: z.array(z.string()).optional(),
      failed: z.literal(true).optional(),
    })
    .optional()
    .describe(
      "what ran before each measurement; `guessedFrom`: the files that it was guessed from; `failed`: the guess failed on the base, and nothing ran before",
    ),
  skippedSteps: z
    .array(SkippedStep)
    .optional()
    .describe("steps of set-up that the base has for others and that were not run; absent: none"),
  wantedTools: z
    .array(WantedTool)
    .optional()
    .describe("the languages that the base asks for in another version than the machine's; absent: none"),
  wantedNode: WantedNode.optional().describe(
    "the Node.js that the base asks for, where the machine's is another",
  ),
  validation: Measurement.nullable().describe("the brief's command on `tree`; null: not measured"),
  validationAgain: Measurement.optional().describe("its second run, where the first was red"),
  baseline: Measurement.nullable().describe("the same command on the base's tree; null: not measured"),
  baselineAgain: Measurement.optional().describe("its second run, where the first was red"),
  proofOfTest: Measurement.optional().describe(
    "the same command on the base's tree with only the tests of the change",
  ),
  baseTests: Measurement.optional().describe(
    "the same command on `tree` with the base's test files; absent too where only tests changed: that is the base",
  ),
  baseTestsAgain: Measurement.optional().describe("its second run, where the first was red"),
  assertions: AssertionTrial.optional().describe(
    "the runs on `tree` with new and changed assertions broken; absent: not measured",
  ),
  covered: Measurement.optional().describe("the same on `tree`, watched for the lines that are run"),
  elsewhere: ElsewhereRuns.optional().describe("the same with other surroundings; absent: not asked for"),
  pushed: ObjectId.optional().describe("the commit that people pushed: it was measured without an agent"),
  noTest: z
    .string()
    .optional()
    .describe("why the brief needs nothing that shows the change: its kind, or its own words"),
  checks: z.array(Check).describe("every check of SPEC section 8 in its order, the unmeasured ones as such"),
  verdict: Verdict.describe("what checks and the agent's outcome add up to"),
  agent: AgentReport.describe("who did the work and what it said of it: quoted, never a fact"),
  historySha256: z
    .string()
    .optional()
    .describe(
      "the hash of the last line of the task's history before the proof: it covers every line before",
    ),
  measuredAt: z.iso.datetime().describe("when the proof ended"),
});
export type Evidence = z.infer<typeof Evidence>;
