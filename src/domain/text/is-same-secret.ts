import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether a text is the secret one; compared as digests, so that neither content nor length shows in the time. No text at
 * all never is.
 */
export function isSameSecret(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(secret));
}
