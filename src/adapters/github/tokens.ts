import { createAppAuth } from "@octokit/auth-app";
import { Failure } from "../../domain/task/failure.ts";
import type { Clock } from "../../ports.ts";
import type { GitHubClient, Grant } from "./access.ts";

/** What is left of a token's hour when it is replaced, in milliseconds: enough for the longest fetch. */
const marginMs = 5 * 60_000;

type Minted = { token: string; expiresAt: number };

/** The App's identity: its number and its private key in PEM. */
export type AppIdentity = { appId: number; privateKey: string };

/** Mints tokens and keeps them until shortly before they expire, one for each grant. */
export class TokenMint {
  readonly #minted = new Map<string, Promise<Minted>>();
  readonly #client: GitHubClient;
  readonly #identity: AppIdentity;
  readonly #clock: Clock;
  readonly #tell: (token: string) => void;

  constructor(options: {
    client: GitHubClient;
    identity: AppIdentity;
    clock: Clock;
    minted?: (token: string) => void;
  }) {
    this.#client = options.client;
    this.#identity = options.identity;
    this.#clock = options.clock;
    this.#tell = options.minted ?? (() => undefined);
  }

  /** A token for a grant, the kept one if there is one. */
  async tokenFor(grant: Grant): Promise<string> {
    const key = grantKey(grant);
    const asked = this.#minted.get(key);
    const kept = await asked;
    if (kept && kept.expiresAt - marginMs > this.#clock.now().getTime()) return kept.token;
    // Another caller may have asked for a new token while this one looked at the old.
    const newer = this.#minted.get(key);
    const next = newer && newer !== asked ? newer : this.#keep(key, this.#mint(grant));
    return (await next).token;
  }

  /** Forgets a token that GitHub no longer takes, unless another has replaced it since. */
  async forget(grant: Grant, token: string): Promise<void> {
    const key = grantKey(grant);
    if ((await this.#minted.get(key))?.token === token) this.#minted.delete(key);
  }

  /** The JSON web token by which the App speaks for itself. */
  async appToken(): Promise<string> {
    try {
      return (await createAppAuth(this.#identity)({ type: "app" })).token;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Failure("github", `The App's private key cannot sign: ${why}`, { cause: error });
    }
  }

  #keep(key: string, minting: Promise<Minted>): Promise<Minted> {
    this.#minted.set(key, minting);
    minting.catch(() => this.#minted.get(key) === minting && this.#minted.delete(key));
    return minting;
  }

  async #mint({ installationId, repositoryId, permissions }: Grant): Promise<Minted> {
    const { data } = await this.#client.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: installationId,
      ...(repositoryId !== "all" && { repository_ids: [repositoryId] }),
      permissions,
      request: { repeatable: true },
    });
    this.#tell(data.token);
    return { token: data.token, expiresAt: Date.parse(data.expires_at) };
  }
}

function grantKey({ installationId, repositoryId, permissions }: Grant): string {
  return `${installationId}/${repositoryId}/${JSON.stringify(Object.entries(permissions).sort())}`;
}
