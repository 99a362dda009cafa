import { z } from "zod";

/** The rules that hold for a repository: today the operator's defaults, later tightened by its own file (SPEC section 13). */
export const Policy = z.object({
  label: z.string().min(1),
  minutes: z.number().positive().describe("an agent's time for one attempt"),
  silenceMinutes: z.number().positive().describe("an agent's longest silence"),
  proofMinutes: z.number().positive().describe("each run of the validation command"),
});
export type Policy = z.infer<typeof Policy>;

/** The defaults of SPEC section 7 and 8. */
export const defaultPolicy: Policy = {
  label: "agent-task",
  minutes: 45,
  silenceMinutes: 10,
  proofMinutes: 30,
};
