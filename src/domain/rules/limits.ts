import { z } from "zod";

const whole = z.number().int().positive();

/** The bounds of a task, where they are all known; a repository's file and the operator's name those that they set. */
export const Limits = z.strictObject({
  minutes: z.number().positive().max(10_080).describe("minutes that one attempt of an agent may take"),
  silenceMinutes: z.number().positive().max(1_440).describe("minutes that an agent may be silent"),
  usd: z.number().positive().max(10_000).describe("dollars that one attempt may cost"),
  turns: whole
    .max(100_000)
    .describe("requests to its model that one attempt may make, where they are counted"),
  files: whole.describe("changed files above which a change is pointed out as large"),
  lines: whole.describe("changed lines above which a change is pointed out as large"),
  repairs: z
    .number()
    .int()
    .nonnegative()
    .max(20)
    .describe("how often a red validation goes back to the agent within one attempt"),
  proofMinutes: z.number().positive().max(1_440).describe("minutes that the proof of one attempt may take"),
  questionMinutes: z
    .number()
    .nonnegative()
    .max(1_440)
    .describe(
      "minutes that lines of a published change may be broken for questions to its reviewer; 0: never",
    ),
  memoryGiB: z.number().positive().max(1_024).describe("GiB of memory that an attempt's processes may hold"),
  processes: whole.max(4_096).describe("processes that an attempt may have at once"),
  diskGiB: z.number().positive().max(10_240).describe("GiB that an attempt may keep on the disk"),
  concurrent: whole.describe("attempts that may run at once in the repository"),
  openPullRequests: whole.describe("open draft pull requests of ours above which new tasks wait"),
  dailyUsd: z
    .number()
    .positive()
    .optional()
    .describe("dollars that the repository's tasks may cost in a day; no bound if absent"),
});
export type Limits = z.infer<typeof Limits>;

/** The bounds that somebody sets. */
export type SomeLimits = { [Name in keyof Limits]?: number | undefined };

/** Each bound as the lower of two; one that only one side names is that side's. */
export function lowerOf(limits: Limits, ceilings: SomeLimits): Limits {
  const lowered = Object.entries(ceilings).flatMap(([name, ceiling]) => {
    const own = limits[name as keyof Limits];
    return ceiling === undefined ? [] : [[name, own === undefined ? ceiling : Math.min(own, ceiling)]];
  });
  return { ...limits, ...Object.fromEntries(lowered) };
}

/** What one process tree may hold of the machine. */
export type TreeBounds = { memoryBytes: number; processes: number; diskBytes: number };

/** The defaults of SPEC section 7 for what a process tree may hold. */
export const defaultTreeLimits = { memoryGiB: 4, processes: 512, diskGiB: 10 };

const gibibyte = 1024 ** 3;

/** The bounds of a process tree, from the limits that people set. */
export function treeBounds(limits: Pick<Limits, "memoryGiB" | "processes" | "diskGiB">): TreeBounds {
  const { memoryGiB, processes, diskGiB } = limits;
  return {
    memoryBytes: Math.round(memoryGiB * gibibyte),
    processes,
    diskBytes: Math.round(diskGiB * gibibyte),
  };
}
