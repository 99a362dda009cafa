import { z } from "zod";
import { ConfigurationProblem } from "../rules/configuration-problem.ts";
import { Protection } from "../rules/protection.ts";
import { Duplicate } from "./duplicate.ts";
import type { TaskState } from "./state.ts";

/** By these a task waits for its turn. The scheduler alone sets and lifts them; the brief stays as it was accepted. */
const turnHolds = [
  z
    .object({
      kind: z.literal("overlap"),
      issue: z.number().int().positive(),
      pullRequest: z.number().int().positive().exactOptional(),
    })
    .describe(
      "an earlier task may change the same files; it is released when that one's pull request is closed",
    ),
  z
    .object({ kind: z.literal("depends-on"), issues: z.array(z.number().int().positive()).min(1) })
    .describe("issues that the brief names and that are open; it is released when they are closed"),
  z
    .object({ kind: z.literal("review-limit"), limit: z.number().int().positive() })
    .describe("so many pull requests wait for people; it is released when one is closed or merged"),
  z
    .object({
      kind: z.literal("concurrency"),
      of: z.enum(["worker", "repository", "installation"]),
      limit: z.number().int().positive().exactOptional().describe("attempts at once; absent for workers"),
    })
    .describe("no room for one more attempt; it is released when one ends"),
  z
    .object({ kind: z.literal("daily-budget"), limitUsd: z.number().positive(), until: z.iso.datetime() })
    .describe("the day's dollars are spent or set aside; it is released when the next day of UTC begins"),
] as const;

const TurnHold = z.discriminatedUnion("kind", turnHolds);
export type TurnHold = z.infer<typeof TurnHold>;

/** A stated reason why a task may not start yet, with what would release it (SPEC section 6). */
export const Hold = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("configuration"),
    problems: z
      .array(ConfigurationProblem)
      .min(1)
      .describe("it is released when they are mended on the default branch"),
  }),
  z
    .object({ kind: z.literal("repository"), cause: z.string() })
    .describe("the base cannot be fetched; it is released when it can be, which is tried again by itself"),
  z
    .object({ kind: z.literal("protection"), protection: Protection })
    .describe(
      "the rules say `protection: require`, and nothing gates a merge; it is released when something does",
    ),
  z
    .object({ kind: z.literal("duplicate"), duplicates: z.array(Duplicate).min(1) })
    .describe(
      "the rules say `duplicates: refuse`; it is released when they are closed, or by the label again",
    ),
  z
    .object({ kind: z.literal("draft"), measured: z.boolean() })
    .describe(
      "the rules say `draft: require`, and GitHub refuses drafts: by its plan if measured, else it refused the last one; it is released when the plan has them, else by the label again",
    ),
  z
    .object({
      kind: z.literal("recent-edit"),
      by: z.string(),
      at: z.iso.datetime(),
      title: z.string().exactOptional().describe("as it was asked for, where the title was edited"),
      titleOnly: z.literal(true).exactOptional().describe("the text itself was not edited"),
    })
    .describe(
      "a stranger edited the text or the title shortly before the label; it is released by the label again",
    ),
  ...turnHolds,
]);
export type Hold = z.infer<typeof Hold>;

/** When the scheduler let a task go; from then on its job is in the queue. */
export const Release = z.object({
  at: z.iso.datetime(),
  postponed: z.literal(true).exactOptional().describe("it met a passing trouble and is tried again later"),
});

/** The issues that must be closed first and were open when they were last looked at; absent: they never were. */
export const OpenDependencies = z.array(z.number().int().positive());

/** Whether a hold is one of the scheduler's. */
export function isTurnHold(hold: Hold | undefined): hold is TurnHold {
  return TurnHold.safeParse(hold).success;
}

/** A task, as far as its waiting is concerned. */
type Waiting = { state: TaskState; hold?: Hold | undefined; release?: object | undefined };

/** Whether an accepted task waits for the scheduler, which has not let it go yet. */
export function awaitsTurn({ state, hold, release }: Waiting): boolean {
  return state === "held" ? isTurnHold(hold) : state === "queued" && !release;
}
