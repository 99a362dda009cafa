import type { FailedRequest } from "./github-failure.ts";

/** What a request has behind it. */
export type Past = { tries: number; reminted: boolean; repeatable: boolean };

/** What follows a failed request: a new token, a pause of this request or of the whole installation, or the end. */
export type AfterRefusal =
  | { kind: "new token" }
  | { kind: "pause"; ms: number }
  | { kind: "hold"; ms: number }
  | { kind: "give up" };

/** The pauses before a repeatable request is sent again, in milliseconds: a blip, then a short outage. */
const pausesMs = [250, 1_500];

/** GitHub's advice for a secondary limit that names no time, in milliseconds. */
const unnamedLimitMs = 60_000;

/** Decides what to do about a refusal. A refused write had no effect; a lost one may have, and is never repeated. */
export function afterRefusal(refusal: FailedRequest, past: Past, now: Date): AfterRefusal {
  if (refusal.status === 401) return past.reminted ? { kind: "give up" } : { kind: "new token" };
  if (isLimit(refusal)) return { kind: "hold", ms: limitMs(refusal.headers, now) };
  const passing = refusal.status === undefined || refusal.status >= 500;
  const ms = pausesMs[past.tries - 1];
  return passing && past.repeatable && ms !== undefined ? { kind: "pause", ms } : { kind: "give up" };
}

/** How long a limit asks for nothing more to be sent, in milliseconds. */
export function limitMs(headers: Record<string, unknown>, now: Date): number {
  const after = Number(headers["retry-after"]);
  if (after > 0) return after * 1_000;
  if (isRateLimitUsedUp(headers))
    return Math.max(Number(headers["x-ratelimit-reset"]) * 1_000 - now.getTime(), 0) + 1_000;
  return unnamedLimitMs;
}

/** Whether the installation's requests of this hour are used up. */
export function isRateLimitUsedUp(headers: Record<string, unknown>): boolean {
  return headers["x-ratelimit-remaining"] === "0" && Number(headers["x-ratelimit-reset"]) > 0;
}

function isLimit({ status, message, headers }: FailedRequest): boolean {
  if (status === 429) return true;
  return (
    status === 403 &&
    ("retry-after" in headers || isRateLimitUsedUp(headers) || /rate limit|abuse/i.test(message))
  );
}
