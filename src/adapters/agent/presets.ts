import type { ModelProvider } from "../../domain/evidence/model-usage.ts";
import { knownModels } from "../../domain/rules/known-models.ts";
import type { Manners } from "./agent-setup.ts";

/** Where the model of an agent is: what it speaks, and the variables that carry the address and the key. */
export type PresetModel = {
  provider: ModelProvider;
  /** The environment that sends the agent to an address other than the provider's own. */
  at: (baseUrl: string) => Record<string, string>;
  /** The variable in which it expects the key. */
  key: string;
};

/** An agent that is known by name: how it is started, installed, logged in to and kept quiet. */
export type Preset = {
  command: string;
  /** The npm package and the version that was tried, or the words of its maker's own way. */
  install: string;
  manners: Manners;
  /** No telemetry, no updates, no questions; and few retries, so that another agent can be asked soon. */
  environment: Record<string, string>;
  /** Null: it cannot be pointed elsewhere and is handed its key by name. */
  model: PresetModel | null;
  /** Whether it tells what it spent in dollars. */
  reportsCost: boolean;
};

/** The agents of SPEC section 7. What the rows say was measured, except of copilot and cursor, which want accounts. */
export const presets = {
  claude: {
    command: "claude-agent-acp",
    install: "npm install -g @agentclientprotocol/claude-agent-acp@0.100.0",
    manners: {},
    environment: {
      // Root in a sandbox of ours; without it some modes are refused.
      IS_SANDBOX: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      DISABLE_AUTOUPDATER: "1",
      CLAUDE_CODE_MAX_RETRIES: "3",
      // A guess at the next prompt costs a request after every turn.
      CLAUDE_CODE_ENABLE_PROMPT_SUGGESTION: "false",
    },
    model: { ...knownModels.claude, at: (url) => ({ ANTHROPIC_BASE_URL: url }) },
    reportsCost: true,
  },
  codex: {
    command: "codex-acp",
    install: "npm install -g @agentclientprotocol/codex-acp@2.6.0",
    manners: {
      // Its own sandbox cannot be made inside ours.
      mode: "agent-full-access",
      lament: /(?:^|\n)exceeded retry limit, last status: (?:429|503|529)\b[^\n]*\s*$/,
    },
    environment: codexAt("https://api.openai.com"),
    model: { ...knownModels.codex, at: codexAt },
    reportsCost: false,
  },
  gemini: {
    command: "gemini --acp",
    install: "npm install -g @google/gemini-cli@0.61.0",
    manners: { logIn: "gemini-api-key" },
    environment: { GEMINI_TELEMETRY_ENABLED: "false", GEMINI_CLI_NO_RELAUNCH: "true" },
    model: { ...knownModels.gemini, at: (url) => ({ GOOGLE_GEMINI_BASE_URL: url }) },
    reportsCost: false,
  },
  opencode: {
    command: "opencode acp",
    install: "npm install -g opencode-ai@1.18.33",
    manners: {},
    environment: {
      OPENCODE_DISABLE_AUTOUPDATE: "1",
      OPENCODE_DISABLE_MODELS_FETCH: "1",
      OPENCODE_DISABLE_LSP_DOWNLOAD: "1",
      OPENCODE_CONFIG_CONTENT: JSON.stringify({ autoupdate: false, share: "disabled" }),
    },
    model: {
      ...knownModels.opencode,
      at: (url) => ({
        OPENCODE_CONFIG_CONTENT: JSON.stringify({
          autoupdate: false,
          share: "disabled",
          provider: { anthropic: { options: { baseURL: `${url}/v1` } } },
        }),
      }),
    },
    reportsCost: true,
  },
  copilot: {
    command: "copilot --acp",
    install: "npm install -g @github/copilot@1.0.102",
    manners: {},
    environment: { COPILOT_AUTO_UPDATE: "false" },
    model: null,
    reportsCost: false,
  },
  cursor: {
    command: "cursor-agent acp",
    install: "see https://cursor.com/cli (it is in no registry)",
    manners: {},
    environment: {},
    model: null,
    reportsCost: false,
  },
} satisfies Record<string, Preset>;

/**
 * A provider of our own in place of its built-in one: that one asks for a log-in, tries web sockets first and retries
 * for minutes (a session took 7 s to open here instead of 0.9 s).
 */
function codexAt(url: string): Record<string, string> {
  const provider = {
    ...{ name: "OpenAI", base_url: `${url}/v1`, env_key: "OPENAI_API_KEY", wire_api: "responses" },
    ...{ request_max_retries: 3, stream_max_retries: 3, supports_websockets: false },
  };
  const config = { model_provider: "drafthorse", model_providers: { drafthorse: provider } };
  return { CODEX_CONFIG: JSON.stringify(config) };
}

/** The preset of a name, if it is one. */
export function presetOf(name: string): Preset | undefined {
  return Object.hasOwn(presets, name) ? presets[name as keyof typeof presets] : undefined;
}
