import { z } from "zod";
import { Limits } from "./limits.ts";
import { RepositoryFile } from "./repository-file.ts";

const AgentEntry = z
  .strictObject({
    command: z
      .string()
      .trim()
      .min(1)
      .describe(
        "a preset (claude, codex, gemini, opencode, copilot, cursor), a command line that speaks the Agent Client Protocol, or `exec:` and a command line",
      ),
    env: z
      .array(z.string())
      .optional()
      .describe("names of our environment variables that the agent is given"),
    network: z.enum(["none", "host"]).optional().describe("whether the agent reaches the host's network"),
    reportsCost: z
      .boolean()
      .optional()
      .describe("whether the agent tells what it spent; without, briefs with a budget in money are refused"),
  })
  .describe("an agent, chosen by its name");

const perMillion = z.number().nonnegative();
const Price = z
  .strictObject({
    input: perMillion.describe("dollars for a million input tokens"),
    output: perMillion.describe("dollars for a million output tokens"),
    cacheRead: perMillion.optional().describe("dollars for a million tokens read from the cache"),
    cacheWrite: perMillion.optional().describe("dollars for a million tokens written to the cache"),
  })
  .describe("what a model costs");

/** The operator's file, named by `DRAFTHORSE_CONFIG` (SPEC section 13). */
export const OperatorFile = z
  .strictObject({
    agents: z
      .record(z.string().regex(/^[\w.-]{1,60}$/, "must be the name of an agent"), AgentEntry)
      .describe("the agents that briefs and repositories may name"),
    prices: z
      .record(z.string(), Price)
      .describe("the price list by model, for agents that report tokens alone"),
    defaults: RepositoryFile.omit({ projects: true }).describe(
      "what holds for a repository whose own file does not say otherwise",
    ),
    ceilings: Limits.partial().describe("bounds that no repository and no brief can raise"),
  })
  .partial()
  .describe("The operator's configuration of Drafthorse, named by DRAFTHORSE_CONFIG.");
export type OperatorFile = z.infer<typeof OperatorFile>;
