/** Answers as the three providers give them, each for the same 100 new, 30 cached and 20 written tokens. */
const events = (...messages: object[]): string =>
  messages.map((message) => `event: x\ndata: ${JSON.stringify(message)}\n\n`).join("");

const anthropicUsage = {
  input_tokens: 100,
  cache_read_input_tokens: 30,
  cache_creation_input_tokens: 5,
  output_tokens: 20,
};
const response = {
  model: "gpt-5-2025-08-07",
  usage: { input_tokens: 130, input_tokens_details: { cached_tokens: 30 }, output_tokens: 20 },
};
const chat = {
  model: "gpt-5-2025-08-07",
  usage: { prompt_tokens: 130, prompt_tokens_details: { cached_tokens: 30 }, completion_tokens: 20 },
};
const google = {
  modelVersion: "gemini-2.5-pro",
  usageMetadata: {
    promptTokenCount: 130,
    cachedContentTokenCount: 30,
    candidatesTokenCount: 5,
    thoughtsTokenCount: 15,
  },
};
const json = "application/json";
const sse = "text/event-stream; charset=utf-8";

const plain = { input: 100, output: 20, cacheRead: 30, cacheWrite: 0 };

export const answers = [
  {
    what: "anthropic, whole",
    provider: "anthropic",
    ...{ path: "/v1/messages", type: json },
    body: JSON.stringify({ model: "claude-x-20260101", content: [], usage: anthropicUsage }),
    used: { model: "claude-x-20260101", tokens: { ...plain, cacheWrite: 5 } },
  },
  {
    what: "anthropic, events",
    provider: "anthropic",
    ...{ path: "/v1/messages?beta=true", type: sse },
    body: events(
      {
        type: "message_start",
        message: { model: "claude-x-20260101", usage: { ...anthropicUsage, output_tokens: 1 } },
      },
      { type: "content_block_delta", delta: { text: 'a "usage" of "usage": {' } },
      { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 20 } },
      { type: "message_stop" },
    ),
    used: { model: "claude-x-20260101", tokens: { ...plain, cacheWrite: 5 } },
  },
  {
    what: "openai responses, whole",
    provider: "openai",
    ...{ path: "/v1/responses", type: json },
    body: JSON.stringify(response),
    used: { model: response.model, tokens: plain },
  },
  {
    what: "openai responses, events",
    provider: "openai",
    ...{ path: "/v1/responses", type: sse },
    body: events(
      { type: "response.created", response: { model: response.model, usage: null } },
      { type: "response.output_text.delta", delta: "x" },
      { type: "response.completed", response },
    ),
    used: { model: response.model, tokens: plain },
  },
  {
    what: "openai chat, whole",
    provider: "openai",
    ...{ path: "/v1/chat/completions", type: json },
    body: JSON.stringify(chat),
    used: { model: response.model, tokens: plain },
  },
  {
    what: "openai chat, events",
    provider: "openai",
    ...{ path: "/v1/chat/completions", type: sse },
    body: `${events({ model: chat.model, choices: [{}], usage: null }, { ...chat, choices: [] })}data: [DONE]\n\n`,
    used: { model: response.model, tokens: plain },
  },
  {
    what: "google, whole",
    provider: "google",
    ...{ type: json },
    path: "/v1beta/models/gemini-2.5-pro:generateContent",
    body: JSON.stringify(google),
    used: { model: google.modelVersion, tokens: plain },
  },
  {
    what: "google, events",
    provider: "google",
    ...{ type: sse },
    path: "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
    body: events({ ...google, usageMetadata: { promptTokenCount: 130, candidatesTokenCount: 1 } }, google),
    used: { model: google.modelVersion, tokens: plain },
  },
  {
    what: "google, a list",
    provider: "google",
    ...{ type: json },
    path: "/v1beta/models/gemini-2.5-pro:streamGenerateContent",
    body: JSON.stringify([{ ...google, usageMetadata: { promptTokenCount: 130 } }, google]),
    used: { model: google.modelVersion, tokens: plain },
  },
  {
    what: "google, its model named in the path alone",
    provider: "google",
    type: json,
    path: "/v1beta/models/gemini-2.5-flash:generateContent",
    body: JSON.stringify({ usageMetadata: google.usageMetadata }),
    used: { model: "gemini-2.5-flash", tokens: plain },
  },
] as const;
