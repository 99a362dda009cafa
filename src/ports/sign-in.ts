import type { UserTokens, WebSession } from "../domain/host/session.ts";
import type { IssueAt } from "./github.ts";

/** What a request must carry to a sign-in on GitHub: `challenge` is the PKCE challenge (S256), `callback` our own address. */
export type SignInRequest = { state: string; challenge: string; callback: string };

/** People on GitHub by the tokens with which they let the App act for them. Rejects with a `github` failure without an answer. */
export type Users = {
  /** The address of GitHub's page on which a person says who they are. */
  signInAddress(request: SignInRequest): string;
  /** Exchanges the code that a person brought back. MUST send the verifier. */
  exchange(brought: { code: string; verifier: string; callback: string }): Promise<UserTokens | "refused">;
  /** New tokens for old; the old ones are worthless afterwards. */
  renew(refreshToken: string): Promise<UserTokens | "refused">;
  /** Whose token it is. */
  who(token: string): Promise<{ id: number; login: string } | "refused">;
  /** The ids of the repositories that both the person can read by a right of their own and the App is installed on. */
  readable(token: string): Promise<Set<number> | "refused">;
  /** Comments as the person; GitHub refuses what they may not do there. Rejects with a `github` failure without an answer. */
  comment(token: string, at: IssueAt, body: string): Promise<"said" | "refused">;
};

/**
 * Sessions of people who signed in, by the secret that their browser keeps. Several processes share them. What is kept MUST
 * NOT be readable without that secret, and the secret MUST NOT be kept.
 */
export type Sessions = {
  /** Keeps a new session; resolves to the browser's secret. */
  begin(session: WebSession): Promise<string>;
  /** The session of a secret, with when it was last seen; undefined where nobody knows it. MUST NOT reject for a made-up one. */
  read(secret: string): Promise<{ session: WebSession; seenAt: Date } | undefined>;
  /** Notes that it was seen now; nothing for one that is gone. */
  see(secret: string): Promise<void>;
  /** Replaces it by what `change` makes of it, one writer after the other; undefined where it is gone, or `change` ends it. */
  change(
    secret: string,
    change: (session: WebSession) => Promise<WebSession | undefined>,
  ): Promise<WebSession | undefined>;
  /** Ends it: from here on nobody knows the secret. */
  end(secret: string): Promise<void>;
  /** A secret of this server for purposes that its name tells apart: what is signed with it came from us. */
  sign(purpose: string, text: string): string;
};
