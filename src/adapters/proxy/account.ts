import {
  addTokens,
  type ModelTokens,
  type Prices,
  priceOf,
  priceTokens,
  type Tokens,
} from "../../domain/evidence/model-usage.ts";

/** Where an answer did not say what it cost, this many bytes of it and of its question count as a token: too many. */
const bytesOfAToken = 4;

/** What a model was used for over one proxy. `unmeasured` answers are those whose tokens nobody told. */
export type ModelUsage = {
  requests: number;
  refused: number;
  unmeasured: number;
  models: ModelTokens[];
  /** Null where an answer was not measured, or the price list lacks its model; never 0 for want of a figure. */
  costUsd: number | null;
};

/** The bytes of an exchange whose tokens nobody told. */
export type Unmeasured = { sent: number; received: number };

/** What an account is held against; with `mustMeasure` what cannot be measured is refused, for a person set the money. */
export type AccountOrder = { prices: Prices; budgetUsd: number | null; mustMeasure?: boolean };

/** Why nothing more may be asked for, and whether it is a bound of the work that was met. */
export type Overdraft = { why: string; bound: "turns" | "cost" | null };

/** Keeps the account of one attempt. */
export class Account {
  readonly #models = new Map<string, Tokens>();
  readonly #prices: Prices;
  readonly #budgetUsd: number | null;
  readonly #mustMeasure: boolean;
  #requests = 0;
  #refused = 0;
  #unmeasured = 0;
  #estimatedUsd = 0;

  constructor({ prices, budgetUsd, mustMeasure = false }: AccountOrder) {
    this.#prices = prices;
    this.#budgetUsd = budgetUsd;
    this.#mustMeasure = mustMeasure;
  }

  ask(): void {
    this.#requests += 1;
  }

  refuse(): void {
    this.#refused += 1;
  }

  charge({ model, tokens }: ModelTokens): void {
    const before = this.#models.get(model);
    this.#models.set(model, before ? addTokens(before, tokens) : tokens);
  }

  /**
   * Holds what nobody told against the budget, at the list's dearest price: else an agent that hangs up before the end
   * of each answer would have no bound.
   */
  chargeUnmeasured({ sent, received }: Unmeasured): void {
    this.#unmeasured += 1;
    const prices = Object.values(this.#prices);
    const dearest = (side: "input" | "output") => Math.max(0, ...prices.map((price) => price[side]));
    const dollars = sent * dearest("input") + received * dearest("output");
    this.#estimatedUsd += dollars / bytesOfAToken / 1_000_000;
  }

  /** Why nothing more may be asked for; undefined while the budget holds. */
  overdrawn(): Overdraft | undefined {
    if (this.#budgetUsd === null) return undefined;
    const unpriced = this.#used().find(({ model }) => !priceOf(model, this.#prices));
    if (this.#mustMeasure && unpriced)
      return {
        why: `the price list lacks ${unpriced.model}, so the money budget cannot be kept`,
        bound: null,
      };
    if (this.#mustMeasure && this.#unmeasured > 0 && Object.keys(this.#prices).length === 0)
      return { why: "an answer did not say what it cost, so the money budget cannot be kept", bound: null };
    if (this.spentUsd() < this.#budgetUsd) return undefined;
    return { why: `the money budget of $${this.#budgetUsd} is used up`, bound: "cost" };
  }

  /** What is held against the budget: the price of what was told, and an estimate of what was not. */
  spentUsd(): number {
    const priced = this.#used().filter(({ model }) => priceOf(model, this.#prices));
    return (priceTokens(priced, this.#prices) ?? 0) + this.#estimatedUsd;
  }

  usage(): ModelUsage {
    const models = this.#used();
    const isMeasured = this.#unmeasured === 0 && models.length > 0;
    return {
      requests: this.#requests,
      refused: this.#refused,
      unmeasured: this.#unmeasured,
      models,
      costUsd: isMeasured ? priceTokens(models, this.#prices) : null,
    };
  }

  #used(): ModelTokens[] {
    return [...this.#models].map(([model, tokens]) => ({ model, tokens }));
  }
}
