import { z } from "zod";

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

/** How much of each end of an output is kept as text, in bytes: enough to read a failure by, small enough for memory. */
export const keptBytes = 64 * 1024;

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

/** How a run of the validation command ended, without its output. */
export const ShortExit = Exit.pick({ exitCode: true, signal: true, endedBy: true, durationMs: true });
export type ShortExit = z.infer<typeof ShortExit>;
