import { LRUCache } from "lru-cache";
import { needsRenewal, type WebSession } from "../../domain/host/session.ts";
import type { Sessions, Users } from "../../ports/sign-in.ts";
import type { Clock } from "../../ports.ts";

/** How long an answer of GitHub counts, in milliseconds: whoever loses access loses it here within a minute. */
const freshMs = 60_000;

/** As many answers are kept at most. */
const mostKept = 1_000;

/** The repositories that the person of a session can read, or that the session is over. */
export type Reach = Set<number> | "refused";

/** What people may read; each session asks GitHub at most once a minute. */
export type ReadAccess = {
  /** Rejects with a `github` failure where GitHub does not answer: what it said before no longer counts. */
  of(secret: string): Promise<Reach>;
  /** Forgets what was said of a session. */
  forget(secret: string): void;
};

/** Opens the look at what people may read. A session that GitHub no longer takes is ended. */
export function openAccess(parts: { users: Users; sessions: Sessions; clock: Clock }): ReadAccess {
  const { clock } = parts;
  const kept = new LRUCache<string, { at: number; reach: Promise<Reach> }>({ max: mostKept });
  const begin = (secret: string, at: number): Promise<Reach> => {
    const reach = readReach(secret, parts);
    kept.set(secret, { at, reach });
    reach.catch(() => kept.get(secret)?.reach === reach && kept.delete(secret));
    return reach;
  };
  return {
    of: (secret) => {
      const now = clock.now().getTime();
      const known = kept.get(secret);
      return known && Math.abs(now - known.at) < freshMs ? known.reach : begin(secret, now);
    },
    forget: (secret) => void kept.delete(secret),
  };
}

type LookParts = { users: Users; sessions: Sessions; clock: Clock };

async function readReach(secret: string, parts: LookParts): Promise<Reach> {
  const { users, sessions, clock } = parts;
  const found = await sessions.read(secret);
  if (!found) return "refused";
  const { session } = found;
  const present = needsRenewal(session.tokens, clock.now()) ? await renew(secret, session, parts) : session;
  const reach = present ? await users.readable(present.tokens.token) : "refused";
  if (reach !== "refused") return reach;
  // A token may be taken back before its time, and its successor with it or not.
  const renewed = present === session ? await renew(secret, session, parts) : undefined;
  const again = renewed ? await users.readable(renewed.tokens.token) : "refused";
  if (again === "refused") await sessions.end(secret);
  return again;
}

/** Renews tokens once, whoever else is at it: the old ones are worthless from then on. */
async function renew(
  secret: string,
  { tokens }: WebSession,
  parts: LookParts,
): Promise<WebSession | undefined> {
  return parts.sessions.change(secret, async (session) => {
    if (session.tokens.token !== tokens.token) return session;
    const { refreshToken } = session.tokens;
    const renewed = refreshToken === null ? "refused" : await parts.users.renew(refreshToken);
    return renewed === "refused" ? undefined : { ...session, tokens: renewed };
  });
}
