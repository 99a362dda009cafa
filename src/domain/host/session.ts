import { z } from "zod";

/** A person's tokens. Opaque; without an end they are good until they are taken back. */
export const UserTokens = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime().nullable(),
  refreshToken: z.string().nullable(),
});
export type UserTokens = z.infer<typeof UserTokens>;

/** Somebody who signed in with GitHub. */
export const WebSession = z.object({
  userId: z.number().int(),
  login: z.string(),
  tokens: UserTokens,
  beganAt: z.iso.datetime(),
});
export type WebSession = z.infer<typeof WebSession>;

/**
 * When a session ends by itself, in milliseconds: a working day after it was last used, and a week after it began. Whether
 * its person may still read what they see is asked anew each minute, whatever these say.
 */
export const sessionEnds = { idleMs: 10 * 3_600_000, absoluteMs: 7 * 24 * 3_600_000 };

/** How much of a token's life is left when it is renewed, in milliseconds. */
const renewalMs = 5 * 60_000;

/** Whether a session is over. One from the future is: the clock was set, or it was made up. */
export function isOver({ beganAt, seenAt }: { beganAt: string; seenAt: Date }, now: Date): boolean {
  const age = now.getTime() - Date.parse(beganAt);
  const idle = now.getTime() - seenAt.getTime();
  return !(age >= -renewalMs && age < sessionEnds.absoluteMs && idle < sessionEnds.idleMs);
}

/** Whether tokens are to be renewed before they are used. */
export function needsRenewal({ expiresAt, refreshToken }: UserTokens, now: Date): boolean {
  return refreshToken !== null && expiresAt !== null && Date.parse(expiresAt) - now.getTime() < renewalMs;
}
