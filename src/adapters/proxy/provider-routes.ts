import type { ModelProvider } from "../../domain/evidence/model-usage.ts";

/** One thing that a provider may be asked for. `metered` answers carry the tokens that they cost. */
export type Route = { method: "GET" | "POST"; path: RegExp; metered: boolean };

/** What the proxy knows of a provider. */
export type ProviderRoutes = {
  upstream: string;
  /** How a key is sent: the header's name and what stands before the key. */
  credential: { header: string; prefix: string };
  /** How an agent is told where the model is, and with what key; `base` follows the address. */
  variables: { baseUrl: string; base: string; key: string };
  routes: Route[];
  /** The only parameters of a query; any other is refused, and a key among them never goes on. */
  query: string[];
};

/** A model's name as it stands in a path: no dots alone, no slashes, nothing encoded. */
const name = "[A-Za-z0-9][A-Za-z0-9._@-]{0,127}";
const route = (method: Route["method"], path: string, metered: boolean): Route => ({
  method,
  path: new RegExp(`^${path}$`),
  metered,
});

/** All that an agent may ask of a model, by provider. Whatever is not in this table is refused. */
export const providerRoutes = {
  anthropic: {
    upstream: "https://api.anthropic.com",
    credential: { header: "x-api-key", prefix: "" },
    variables: { baseUrl: "ANTHROPIC_BASE_URL", base: "", key: "ANTHROPIC_API_KEY" },
    routes: [
      route("POST", "/v1/messages", true),
      route("POST", "/v1/messages/count_tokens", false),
      route("GET", "/v1/models", false),
      route("GET", `/v1/models/${name}`, false),
    ],
    query: ["beta", "limit", "after_id", "before_id"],
  },
  openai: {
    upstream: "https://api.openai.com",
    credential: { header: "authorization", prefix: "Bearer " },
    variables: { baseUrl: "OPENAI_BASE_URL", base: "/v1", key: "OPENAI_API_KEY" },
    routes: [
      route("POST", "/v1/responses", true),
      route("POST", "/v1/chat/completions", true),
      route("GET", "/v1/models", false),
      route("GET", `/v1/models/${name}`, false),
    ],
    query: [],
  },
  google: {
    upstream: "https://generativelanguage.googleapis.com",
    credential: { header: "x-goog-api-key", prefix: "" },
    variables: { baseUrl: "GOOGLE_GEMINI_BASE_URL", base: "", key: "GEMINI_API_KEY" },
    routes: [
      route("POST", `/v1(?:beta)?/models/${name}:(?:generateContent|streamGenerateContent)`, true),
      route("POST", `/v1(?:beta)?/models/${name}:(?:countTokens)`, false),
      route("GET", "/v1(?:beta)?/models", false),
      route("GET", `/v1(?:beta)?/models/${name}`, false),
    ],
    query: ["alt", "pageSize", "pageToken", "key"],
  },
} satisfies Record<ModelProvider, ProviderRoutes>;
