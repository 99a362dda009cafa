import { z } from "zod";
import { ModelProvider, Price } from "../evidence/model-usage.ts";
import { Limits } from "./limits.ts";
import { Host, RepositoryFile } from "./repository-file.ts";

const VariableName = z.string().regex(/^[A-Za-z_]\w*$/, "must be the name of an environment variable");

/** How an agent reaches its model: over a proxy of ours that alone has the key. */
export const ModelAccess = z
  .strictObject({
    provider: ModelProvider.describe("whose protocol the agent speaks"),
    key: VariableName.describe(
      "the name of our environment variable that holds the key, never the key itself",
    ),
    upstream: z
      .url({ protocol: /^https?$/ })
      .refine(isSafeUpstream, "must be https, or lie on loopback")
      .optional()
      .describe("where the model is, such as a gateway of yours; the provider's own address if absent"),
    baseUrlVariable: VariableName.optional().describe(
      "the variable by which the agent learns where its model is; the usual one of the provider if absent",
    ),
    keyVariable: VariableName.optional().describe(
      "the variable in which the agent expects a key; the usual one of the provider if absent",
    ),
  })
  .describe("a model that the agent reaches over our proxy: it gets a dummy key and no network");
export type ModelAccess = z.infer<typeof ModelAccess>;

/** A key is sent there: in clear only within this machine. */
function isSafeUpstream(text: string): boolean {
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || isLoopback) && `${username}${search}${hash}` === "";
}

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
    model: ModelAccess.optional(),
    reportsCost: z
      .boolean()
      .optional()
      .describe("whether the agent tells what it spent; without, briefs with a budget in money are refused"),
  })
  .describe("an agent, chosen by its name");

const Credential = z
  .strictObject({
    key: VariableName.describe(
      "the name of our environment variable that holds it, never the credential itself",
    ),
    scheme: z
      .enum(["bearer", "basic"])
      .describe("`bearer` for a token, `basic` for `user:password`, as they stand in the variable"),
  })
  .describe("what a private registry asks for");

/** What the operator decides about the ways out of set-up and validation. */
const Egress = z
  .strictObject({
    private: z
      .array(Host)
      .optional()
      .describe("hosts that may lie at private addresses, such as a registry in your own network"),
    submodules: z
      .array(Host)
      .optional()
      .describe("hosts from which public submodules are fetched, besides GitHub's own and the usual forges"),
    credentials: z
      .record(Host, Credential)
      .optional()
      .describe(
        "credentials of private registries by host; put in for requests in clear, sent over TLS, to read",
      ),
  })
  .describe("the ways out of the sandbox for set-up and validation");

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
    egress: Egress,
    concurrentPerInstallation: z
      .number()
      .int()
      .positive()
      .describe("attempts that may run at once in all repositories of one account; no bound if absent"),
    ceilings: Limits.partial().describe("bounds that no repository and no brief can raise"),
  })
  .partial()
  .describe("The operator's configuration of Drafthorse, named by DRAFTHORSE_CONFIG.");
export type OperatorFile = z.infer<typeof OperatorFile>;
