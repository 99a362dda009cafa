import { expect, test } from "@jest/globals";
import { nameAgents } from "../../src/policy/name-agents.ts";
import { agentsFor } from "../../src/run/agents-for.ts";

const environment = { ANTHROPIC_API_KEY: "sk-a", OPENAI_API_KEY: "sk-o", WEBHOOK_SECRET: "s" };
const settings = { AGENT_ENV: ["ANTHROPIC_API_KEY"], AGENT_NETWORK: "none" as const };
const a = { ANTHROPIC_API_KEY: "sk-a" };
const none = { network: "none" as const };

test("a command line has no name that a brief could say", () => {
  const agents = nameAgents(
    { ...settings, AGENT: "claude-agent-acp --quiet" },
    { environment, operator: {} },
  );

  expect(agents).toEqual({
    known: { AGENT: { command: "claude-agent-acp --quiet", environment: a, ...none } },
    usual: ["AGENT"],
  });
});

test("names with commas between them are an order, each with its own entry, variables and network", () => {
  const operator = {
    agents: {
      claude: { command: "claude" },
      codex: { command: "codex", env: ["OPENAI_API_KEY", "NOT_SET"], network: "host" as const },
      house: { command: "house-agent --acp", reportsCost: true },
    },
  };

  expect(nameAgents({ ...settings, AGENT: "codex, claude" }, { environment, operator })).toEqual({
    known: {
      claude: {
        ...{ command: "claude", environment: {}, ...none },
        model: { provider: "anthropic", key: "sk-a", prices: {} },
      },
      codex: { command: "codex", environment: { OPENAI_API_KEY: "sk-o" }, network: "host" },
      house: { command: "house-agent --acp", environment: a, ...none, reportsCost: true },
    },
    usual: ["codex", "claude"],
  });
});

test("the brief's agent goes before the repository's order, and none is the operator's", () => {
  const agents = { known: [], order: ["claude", "codex"] };

  expect(agentsFor({ agent: "codex" }, { agents })).toEqual(["codex"]);
  expect(agentsFor({}, { agents })).toEqual(["claude", "codex"]);
  expect(agentsFor({}, { agents: { known: [], order: [] } })).toEqual([]);
});
