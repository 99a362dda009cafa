import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a text is the secret one; compared as digests, so that neither content nor length shows in the time. */
export function isSame(shown: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(shown), digest(secret));
}
