import { createHash, randomBytes } from "node:crypto";
import type { Account } from "../model.ts";

/** Milliseconds: a code is good for ten minutes, a user's token for eight hours, what renews it for half a year. */
const lifetimes = { code: 10 * 60_000, token: 8 * 3_600_000, refresh: 184 * 24 * 3_600_000 };

/** What somebody allowed when they were asked: for which address, and held to which proof of the asker. */
type Code = {
  account: Account;
  redirectUri: string;
  challenge: string | undefined;
  expiresAt: number;
};

/** A user's token and what renews it, with seconds until each expires. */
export type UserTokens = { token: string; expiresIn: number; refresh: string; refreshExpiresIn: number };

/** People who let the App act for them: codes that wait to be exchanged, and tokens. */
export class Authorizations {
  readonly #codes = new Map<string, Code>();
  readonly #tokens = new Map<string, { account: Account; expiresAt: number }>();
  readonly #refreshes = new Map<string, { account: Account; expiresAt: number; token: string }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** A code that can be exchanged once. */
  allow(granted: Omit<Code, "expiresAt">): string {
    const code = randomBytes(10).toString("hex");
    this.#codes.set(code, { ...granted, expiresAt: this.#clock() + lifetimes.code });
    return code;
  }

  /** Exchanges a code; undefined where it is not good for this address and this verifier. It is gone either way. */
  exchange(
    code: string,
    asked: { redirectUri: string | undefined; verifier: string | undefined },
  ): UserTokens | undefined {
    const granted = this.#codes.get(code);
    this.#codes.delete(code);
    if (!granted || granted.expiresAt <= this.#clock()) return undefined;
    if (asked.redirectUri !== undefined && asked.redirectUri !== granted.redirectUri) return undefined;
    if (granted.challenge !== undefined && granted.challenge !== challengeOf(asked.verifier))
      return undefined;
    return this.#issue(granted.account);
  }

  /** New tokens for old; the old ones are gone. */
  renew(refresh: string): UserTokens | undefined {
    const known = this.#refreshes.get(refresh);
    if (!known || known.expiresAt <= this.#clock()) return undefined;
    this.#refreshes.delete(refresh);
    this.#tokens.delete(known.token);
    return this.#issue(known.account);
  }

  /** Whose token it is, if it is still good. */
  find(token: string): Account | undefined {
    const known = this.#tokens.get(token);
    return known && known.expiresAt > this.#clock() ? known.account : undefined;
  }

  /** Takes back all that an account allowed. */
  revoke(account: Account): void {
    for (const kept of [this.#tokens, this.#refreshes])
      for (const [key, known] of kept) if (known.account.id === account.id) kept.delete(key);
  }

  #issue(account: Account): UserTokens {
    const token = `ghu_${randomBytes(27).toString("base64url")}`;
    const refresh = `ghr_${randomBytes(57).toString("base64url")}`;
    const now = this.#clock();
    this.#tokens.set(token, { account, expiresAt: now + lifetimes.token });
    this.#refreshes.set(refresh, { account, expiresAt: now + lifetimes.refresh, token });
    return {
      ...{ token, expiresIn: lifetimes.token / 1_000 },
      ...{ refresh, refreshExpiresIn: lifetimes.refresh / 1_000 },
    };
  }
}

function challengeOf(verifier: string | undefined): string {
  return createHash("sha256")
    .update(verifier ?? "")
    .digest("base64url");
}
