import { z } from "zod";
import type { Limits } from "../rules/limits.ts";

/** The bounds of an agent at work (SPEC section 12, `bound(…)`), each with the limit that sets it. */
export const boundLimits = {
  time: "minutes",
  silence: "silenceMinutes",
  cost: "usd",
  turns: "turns",
  memory: "memoryGiB",
  processes: "processes",
  disk: "diskGiB",
} as const satisfies Record<string, keyof Limits>;

/** The name of a bound that an agent met. */
export const BoundName = z.enum(Object.keys(boundLimits) as [keyof typeof boundLimits]);
export type BoundName = z.infer<typeof BoundName>;
