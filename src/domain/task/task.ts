import { z } from "zod";
import { Base, Change, ObjectId } from "../evidence/change.ts";
import { AgentReport, Measurement } from "../evidence/evidence.ts";
import { Asking } from "../evidence/questions.ts";
import { WantedNode } from "../evidence/wanted-node.ts";
import { WantedTool } from "../evidence/wanted-tool.ts";
import { Protection } from "../rules/protection.ts";
import { BranchLeft } from "./branch-left.ts";
import { Brief } from "./brief.ts";
import { Crashes } from "./crashes.ts";
import { Duplicate } from "./duplicate.ts";
import { FailureNote } from "./failure.ts";
import { GuessedSetup } from "./guessed-setup.ts";
import { Hold, OpenDependencies, Release } from "./hold.ts";
import { KeptEvidence, PushedHead } from "./pushed-head.ts";
import { ReviewRequest } from "./review-request.ts";
import { SkippedStep } from "./skipped-step.ts";
import { taskStates } from "./state.ts";
import { TaskId } from "./task-id.ts";
import { Trial } from "./trial.ts";

/** A repository as GitHub names it; only `id` and `installationId` identify it. */
export const Repository = z.object({
  id: z.number().int().positive(),
  installationId: z.number().int().positive(),
  owner: z.string(),
  name: z.string(),
  defaultBranch: z.string(),
});
export type Repository = z.infer<typeof Repository>;

/** What people said for a correction, each with who said it and, for review comments, where. */
export const Feedback = z.object({
  words: z.string(),
  notes: z.array(
    z.object({
      by: z.string(),
      path: z.string().nullable(),
      line: z.number().nullable(),
      text: z.string(),
      requestsChanges: z.literal(true).exactOptional(),
    }),
  ),
  checks: z
    .array(z.object({ name: z.string(), conclusion: z.string(), output: z.string() }))
    .exactOptional()
    .describe("checks of others that failed on the head, with the end of what they said"),
});
export type Feedback = z.infer<typeof Feedback>;

/** A commit that GitHub made for us, with what GitHub says of its signature. */
export const PublishedCommit = z.object({
  commit: ObjectId,
  tree: ObjectId,
  verified: z.boolean(),
  reason: z.string().exactOptional().describe("GitHub's word where it is not verified, such as `unsigned`"),
});
export type PublishedCommit = z.infer<typeof PublishedCommit>;

/** One leg of an attempt: what the agent said, what it left, and how the validation of that went, where it was measured. */
export const Leg = z.object({
  agent: AgentReport,
  change: Change,
  validation: Measurement.optional(),
});
export type Leg = z.infer<typeof Leg>;

/**
 * One pass of an agent. Each optional field is the result of one durable step, in this order; a field that is there
 * says that the step is done and need not be repeated (SPEC section 12).
 */
export const Attempt = z.object({
  number: z.number().int().positive(),
  askedBy: z.string(),
  askedById: z.number().int().describe("the asker's account, which keeps its number when it is renamed"),
  askedIn: z.string().describe("digest of the delivery that asked, so that a repeated one asks nothing new"),
  feedback: Feedback.optional(),
  starts: z.number().int().nonnegative().describe("how often a worker has begun or taken over"),
  startedAt: z.iso.datetime().optional().describe("step: started"),
  base: Base.optional().describe("step: checked out"),
  tried: Trial.optional().describe("step: tried; absent in a correction"),
  session: z
    .object({ agent: z.string(), id: z.string() })
    .optional()
    .describe("the conversation with the agent, to go on with after a worker's death and for a repair"),
  legs: z.array(Leg).optional().describe("steps: each leg of the attempt, and its validation"),
  agent: AgentReport.optional().describe("step: agent done"),
  change: Change.optional().describe(
    "step: agent done; without what was taken out of it from the step trimmed on",
  ),
  trimmedAt: z.iso.datetime().optional().describe("step: trimmed"),
  rebasedAt: z.iso.datetime().optional().describe("step: rebased, where the rules ask for it"),
  evidence: KeptEvidence.optional().describe("step: proved"),
  commit: PublishedCommit.optional().describe("step: committed"),
  attestations: z
    .array(z.object({ name: z.string(), artefact: z.string(), keySha256: z.string() }))
    .optional()
    .describe(
      "step: attested; the signed statements by the names of their files, none where nobody can sign",
    ),
  merge: z
    .object({
      head: ObjectId.describe("the base branch's commit then"),
      conflicts: z.array(z.string()).describe("paths at which the change contradicts it"),
    })
    .optional()
    .describe("step: merge tried, in memory, before anybody sees the pull request"),
  pullRequest: z.number().int().positive().optional().describe("step: PR opened"),
  reportedAt: z.iso.datetime().optional().describe("step: reported"),
  asking: Asking.optional().describe("steps: each question about what was published, and its end"),
  failure: FailureNote.optional(),
  pushed: z
    .object({ head: ObjectId, tree: ObjectId, run: z.number().int().positive() })
    .optional()
    .describe("never kept: in place of what an agent left, the head of this commit is what is proved"),
});
export type Attempt = z.infer<typeof Attempt>;

const Problems = z.array(
  z.object({
    line: z.number(),
    field: z.string(),
    message: z.string(),
    repair: z.string(),
    rule: z.string().exactOptional(),
  }),
);

/** One issue delegated in one round, as the ledger keeps it. */
export const Task = z.object({
  id: TaskId,
  repository: Repository,
  issue: z
    .object({ title: z.string(), author: z.string(), body: z.string() })
    .describe("as the signed payload had it when it was last asked for"),
  state: z.enum(taskStates),
  askedBy: z.string(),
  askedIn: z.string().describe("digest of the delivery that last asked for this round"),
  askedAt: z.iso.datetime().optional().describe("when that was, by GitHub's clock"),
  brief: z.object({ brief: Brief, sha256: z.string() }).optional(),
  reviewers: z
    .array(z.string())
    .optional()
    .describe(
      "logins and teams of the configuration, for a brief that names nobody; as they were at acceptance",
    ),
  guessed: GuessedSetup.optional().describe(
    "the set-up that was guessed at acceptance; absent: the rules name one, or none was found",
  ),
  skippedSteps: z
    .array(SkippedStep)
    .optional()
    .describe("steps of set-up that the repository wrote for others and that are not run; absent: none"),
  wantedTools: z
    .array(WantedTool)
    .optional()
    .describe("the languages that the base asks for in another version than this machine's; absent: none"),
  wantedNode: WantedNode.optional().describe(
    "the Node.js that the base asks for, where this machine's is another",
  ),
  protection: Protection.optional().describe(
    "what gates a merge into the base, and which workflows run the branch",
  ),
  duplicates: z.array(Duplicate).optional().describe("at acceptance; absent where none was looked for"),
  draftsRefused: z.literal(true).optional().describe("so it was expected at acceptance"),
  problems: Problems.describe("why the brief is incomplete"),
  edited: z
    .object({ body: z.string(), title: z.string().exactOptional(), problems: Problems })
    .optional()
    .describe(
      "the issue's text as it is now, and its title if that is another, where nobody who may ask has asked for it",
    ),
  hold: Hold.optional().describe("why it may not start although its brief may be complete"),
  release: Release.optional(),
  openDependencies: OpenDependencies.optional(),
  branch: z.string(),
  attempts: z.array(Attempt),
  statusComment: z.number().int().positive().optional(),
  statusText: z.string().optional().describe("the SHA-256 of what the status comment was last made to say"),
  pullRequest: z.number().int().positive().optional(),
  draft: z.boolean().optional().describe("false where GitHub refused to open its pull request as a draft"),
  pushed: PushedHead.optional().describe("the branch's head where that is not the commit of an attempt"),
  reviewRequest: ReviewRequest.optional().describe("once the pull request is open"),
  approvals: z
    .array(z.object({ name: z.string(), by: z.string(), head: ObjectId }))
    .optional()
    .describe("`/approve CLASS`: the class or path, who said it, and the commit for which alone it counts"),
  headSeen: z
    .object({ head: ObjectId, at: z.iso.datetime() })
    .optional()
    .describe("the pull request's newest head that was judged, and since when people can see that"),
  fence: z.number().int().nonnegative().describe("raised at each take-over; compared before each effect"),
  crashes: Crashes.optional(),
  cancel: z.object({ by: z.string(), why: z.string() }).optional().describe("asked for, not yet done"),
  retryAsked: z
    .object({
      by: z.string(),
      byId: z.number().int(),
      delivery: z.string(),
      words: z.string(),
      number: z.number().int().positive().describe("where it was asked for"),
    })
    .optional()
    .describe("a correction that begins as soon as the first attempt has been reported"),
  branchLeft: BranchLeft.optional(),
  failure: FailureNote.optional(),
  notice: z.string().optional().describe("one line to the people who watch: what was refused, and why"),
  strangers: z
    .array(z.string())
    .optional()
    .describe("who asked or commanded since it was last asked for and may not; the first few"),
  historyHead: z.string().optional().describe("SHA-256 of the last line of its history"),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Task = z.infer<typeof Task>;

/** One line of a task's append-only history. */
export const HistoryEntry = z.object({
  at: z.iso.datetime(),
  what: z.string(),
  by: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** An entry as it is kept, with the SHA-256 over the line before it and itself; lines of versions before 0.2 have none. */
export const HistoryLine = HistoryEntry.extend({ sha256: z.string().optional() });
export type HistoryLine = z.infer<typeof HistoryLine>;

/** The attempt that a task is at, or was last at. */
export function currentAttempt(task: Task): Attempt | undefined {
  return task.attempts.at(-1);
}

/** Whether no worker has begun this attempt before, so that GitHub can have nothing of it yet. */
export function isFirstStart(task: Task): boolean {
  return currentAttempt(task)?.starts === 1;
}

/** The number of that attempt; a task that has none yet is at its first. */
export function attemptNumber(task: Task): number {
  return currentAttempt(task)?.number ?? 1;
}

/** Why nothing of the newest change was published: what cannot be, and the secrets that were found. */
export function withheldReasons(task: Task): string[] {
  const { change, evidence } = currentAttempt(task) ?? {};
  return [...(change?.unpublishable ?? []), ...(evidence?.withheld ?? [])];
}
