import { z } from "zod";
import { TaskId } from "./task-id.ts";

/** One thing that an agent did or said, as it is told while it works; its text is the agent's own. */
export const AgentUpdate = z.object({
  kind: z.enum(["message", "thought", "tool", "plan", "permission", "agent"]),
  text: z.string(),
});
export type AgentUpdate = z.infer<typeof AgentUpdate>;

/** What one process tells every other one on the same store. It may be lost: the ledger and the artefacts have all of it. */
export const LiveEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("task changed"), task: TaskId }),
  z.object({
    kind: z.literal("step begun"),
    task: TaskId,
    attempt: z.number().int().positive(),
    fence: z.number().int(),
    step: z.string(),
  }),
  z.object({
    kind: z.literal("agent output"),
    task: TaskId,
    attempt: z.number().int().positive(),
    leg: z.number().int().nonnegative().describe("0 is the first leg, every other a repair"),
    first: z
      .number()
      .int()
      .nonnegative()
      .describe("the place of the first entry in the leg; more than was heard before: some were left out"),
    entries: z.array(AgentUpdate),
    usd: z.number().nonnegative().nullable().describe("what the leg has cost so far; null: nobody has said"),
  }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;

/** What an agent said and did since the last such event. */
export type AgentOutput = Extract<LiveEvent, { kind: "agent output" }>;
