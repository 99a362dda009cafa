import { z } from "zod";

/** The providers of models whose protocol our proxy knows. */
export const ModelProvider = z.enum(["anthropic", "openai", "google"]);
export type ModelProvider = z.infer<typeof ModelProvider>;

/** Tokens by what they cost: `input` are those that came from no cache and went into none. */
export type Tokens = { input: number; output: number; cacheRead: number; cacheWrite: number };

/** What one model was used for: by its name as the provider gives it. */
export type ModelTokens = { model: string; tokens: Tokens };

const perMillion = z.number().nonnegative();

/** What a model costs, in dollars. */
export const Price = z
  .strictObject({
    input: perMillion.describe("dollars for a million input tokens"),
    output: perMillion.describe("dollars for a million output tokens"),
    cacheRead: perMillion.optional().describe("dollars for a million tokens read from the cache"),
    cacheWrite: perMillion.optional().describe("dollars for a million tokens written to the cache"),
  })
  .describe("what a model costs");
export type Price = z.infer<typeof Price>;

/** The operator's price list, by model. */
export type Prices = Record<string, Price>;

/** What tokens cost in dollars; null where the list lacks one of the models, for an unknown price is not 0. */
export function priceTokens(used: ModelTokens[], prices: Prices): number | null {
  const costs = used.map(({ model, tokens }) => {
    const price = priceOf(model, prices);
    return price ? costAt(price, tokens) : null;
  });
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

/** The price of a model; a list that names `some-model` means its dated versions (`some-model-2026-01-31`) too. */
export function priceOf(model: string, prices: Prices): Price | undefined {
  const plain = model.replace(/^models\//, "");
  const undated = plain.replace(/[-@](?:20\d{6}|20\d\d-\d\d-\d\d)$/, "");
  const name = [model, plain, undated].find((candidate) => Object.hasOwn(prices, candidate));
  return name === undefined ? undefined : prices[name];
}

/** The sum of what was counted. */
export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  };
}

/**
 * Reading from a cache costs no more than reading anew, so where the list has no price for it the input's is taken;
 * writing to one can cost more than that, so there no price is no figure.
 */
function costAt({ input, output, cacheRead = input, cacheWrite }: Price, tokens: Tokens): number | null {
  if (tokens.cacheWrite > 0 && cacheWrite === undefined) return null;
  const dollars =
    tokens.input * input +
    tokens.output * output +
    tokens.cacheRead * cacheRead +
    tokens.cacheWrite * (cacheWrite ?? 0);
  return dollars / 1_000_000;
}
