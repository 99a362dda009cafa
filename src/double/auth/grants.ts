import { randomBytes } from "node:crypto";
import type { Account, Installation, Permissions } from "../model.ts";

const lifetime = 60 * 60 * 1000;

/** What an installation token may do, and until when. */
export type Grant = {
  token: string;
  installation: Installation;
  permissions: Permissions;
  repositoryIds: Set<number>;
  /** Whose token it is; the App's bot where it is none of a person. */
  actor?: Account;
  expiresAt: number;
};

/** The installation tokens that the double has given out. */
export class Grants {
  readonly #byToken = new Map<string, Grant>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Makes a token that is good for an hour. */
  issue(
    appId: number,
    grant: Pick<Grant, "installation" | "permissions" | "repositoryIds" | "actor">,
  ): Grant {
    // As long as GitHub's stateless tokens, so that nobody counts on 40 characters.
    const parts = [48, 282, 43].map((bytes) => randomBytes(bytes).toString("base64url"));
    const issued = {
      ...grant,
      token: grant.actor ? `ghp_${parts.join("")}` : `ghs_${appId}_${parts.join(".")}`,
      expiresAt: this.#clock() + lifetime,
    };
    this.#byToken.set(issued.token, issued);
    return issued;
  }

  /** The grant of a token that is still good, or undefined. */
  find(token: string): Grant | undefined {
    const grant = this.#byToken.get(token);
    return grant && grant.expiresAt > this.#clock() ? grant : undefined;
  }

  /** Makes a token worthless at once. */
  revoke(token: string): void {
    this.#byToken.delete(token);
  }
}

/** Whether permissions hold one of the needs, each written `issues:read`; write includes read. */
export function allows(permissions: Permissions, needs: readonly string[]): boolean {
  return needs.some((need) => {
    const [name = "", level] = need.split(":");
    return permissions[name] === "write" || (level === "read" && permissions[name] === "read");
  });
}
