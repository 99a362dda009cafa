import type { ModelProvider } from "../evidence/model-usage.ts";

/** Whose protocol the agents that are known by name speak, and the usual variable of the key; others bring their own. */
export const knownModels = {
  claude: { provider: "anthropic", key: "ANTHROPIC_API_KEY" },
  codex: { provider: "openai", key: "OPENAI_API_KEY" },
  gemini: { provider: "google", key: "GEMINI_API_KEY" },
  opencode: { provider: "anthropic", key: "ANTHROPIC_API_KEY" },
} satisfies Record<string, { provider: ModelProvider; key: string }>;

/** The model of an agent that is known by name. */
export function knownModel(command: string): { provider: ModelProvider; key: string } | undefined {
  return Object.hasOwn(knownModels, command) ? knownModels[command as keyof typeof knownModels] : undefined;
}
