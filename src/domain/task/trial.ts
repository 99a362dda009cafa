import { z } from "zod";
import { Measurement } from "../evidence/evidence.ts";

/** What the base came to before the agent began; no run where it took too long or was cut short. */
export const Trial = z.object({
  runs: z.array(Measurement),
  line: z.string().describe("the same for people; empty without a run"),
});
export type Trial = z.infer<typeof Trial>;
