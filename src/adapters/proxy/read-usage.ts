import { z } from "zod";
import type { ModelTokens, Tokens } from "../../domain/evidence/model-usage.ts";

const count = z.number().int().nonnegative().nullish();

/** Usage as Anthropic tells it: its input is what came from no cache. */
const AnthropicUsage = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_creation_input_tokens: count,
  cache_read_input_tokens: count,
});
const OpenAiUsage = z.object({
  input_tokens: count,
  prompt_tokens: count,
  output_tokens: count,
  completion_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count }).nullish(),
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish(),
});
const GoogleUsage = z.object({
  promptTokenCount: count,
  toolUsePromptTokenCount: count,
  cachedContentTokenCount: count,
  candidatesTokenCount: count,
  thoughtsTokenCount: count,
});

const named = { model: z.string().max(200).optional() };
const Anthropic = z.object({
  ...named,
  usage: AnthropicUsage.nullish(),
  message: z.object({ ...named, usage: AnthropicUsage.nullish() }).nullish(),
});
const OpenAi = z.object({
  ...named,
  usage: OpenAiUsage.nullish(),
  response: z.object({ ...named, usage: OpenAiUsage.nullish() }).nullish(),
});
const Google = z.object({
  modelVersion: z.string().max(200).optional(),
  usageMetadata: GoogleUsage.nullish(),
});

/** What one message of an answer says; a message may tell only some of the counts, or only the model. */
export type ToldUsage = { model?: string | undefined; tokens: Partial<Tokens> };

/** Each provider's way of telling what an answer cost. */
export const readUsage = {
  anthropic: (message: unknown): ToldUsage => {
    const { message: started, ...itself } = Anthropic.safeParse(message).data ?? {};
    const usage = itself.usage ?? started?.usage;
    return {
      model: itself.model ?? started?.model,
      tokens: known({
        input: usage?.input_tokens,
        output: usage?.output_tokens,
        cacheRead: usage?.cache_read_input_tokens,
        cacheWrite: usage?.cache_creation_input_tokens,
      }),
    };
  },
  openai: (message: unknown): ToldUsage => {
    const { response, ...itself } = OpenAi.safeParse(message).data ?? {};
    const usage = itself.usage ?? response?.usage;
    const details = usage?.input_tokens_details ?? usage?.prompt_tokens_details;
    return {
      model: itself.model ?? response?.model,
      tokens: withoutCached(usage?.input_tokens ?? usage?.prompt_tokens, {
        output: usage?.output_tokens ?? usage?.completion_tokens,
        cacheRead: details?.cached_tokens,
      }),
    };
  },
  google: (message: unknown): ToldUsage => {
    const { modelVersion, usageMetadata: usage } = Google.safeParse(message).data ?? {};
    const { candidatesTokenCount: said, thoughtsTokenCount: thought } = usage ?? {};
    return {
      model: modelVersion,
      tokens: withoutCached(addCounts(usage?.promptTokenCount, usage?.toolUsePromptTokenCount), {
        // A count of 0 is left out of the provider's JSON.
        output: usage ? (addCounts(said, thought) ?? 0) : undefined,
        cacheRead: usage?.cachedContentTokenCount,
      }),
    };
  },
};

/** What an answer cost in all: later messages of it tell the counts anew. Undefined if it never told both ends. */
export function settleUsage(told: ToldUsage): ModelTokens | undefined {
  const { input, output, cacheRead = 0, cacheWrite = 0 } = told.tokens;
  if (told.model === undefined || input === undefined || output === undefined) return undefined;
  return { model: told.model, tokens: { input, output, cacheRead, cacheWrite } };
}

type Counts = { [Name in keyof Tokens]?: number | null | undefined };

/** Where the provider counts what came from its cache as input too, it is counted once. */
function withoutCached(all: number | null | undefined, { output, cacheRead }: Counts): Partial<Tokens> {
  const cached = Math.min(cacheRead ?? 0, all ?? 0);
  return known({ input: all == null ? undefined : all - cached, output, cacheRead: cached || undefined });
}

function known(counts: Counts): Partial<Tokens> {
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value != null));
}

function addCounts(a: number | null | undefined, b: number | null | undefined): number | undefined {
  return a == null && b == null ? undefined : (a ?? 0) + (b ?? 0);
}
