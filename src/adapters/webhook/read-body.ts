import type { IncomingMessage } from "node:http";
import type { Signers } from "./signature.ts";

/** Bodies up to this many bytes need no share of the budget; almost all deliveries are smaller. */
const exemptBytes = 64 * 1024;

/** How many bytes of large, not yet verified bodies this process holds at once. */
export type Budget = { freeBytes: number };

/** A body, or why there is none. */
export type BodyReading = Buffer | "too large" | "busy" | "gone";

/** Reads a body of at most `most` bytes and shows each chunk to the signers. Stops at the first byte too many. */
export async function readBody(
  request: IncomingMessage,
  bounds: { most: number; budget: Budget; signers: Signers },
): Promise<BodyReading> {
  const share = { bytes: 0 };
  try {
    return await collectBody(request, { ...bounds, share });
  } catch {
    // The only error of a request's stream is that its sender went away, or was cut off by a time bound.
    return "gone";
  } finally {
    bounds.budget.freeBytes += share.bytes;
  }
}

async function collectBody(
  request: IncomingMessage,
  bounds: { most: number; budget: Budget; signers: Signers; share: { bytes: number } },
): Promise<BodyReading> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > bounds.most) return "too large";
    if (bytes > exemptBytes && !takeShare(bounds, bytes)) return "busy";
    bounds.signers.update(chunk);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

/** Raises a body's share of the budget to `bytes`, if there is so much left. */
function takeShare({ budget, share }: { budget: Budget; share: { bytes: number } }, bytes: number): boolean {
  const more = bytes - share.bytes;
  if (more > budget.freeBytes) return false;
  budget.freeBytes -= more;
  share.bytes = bytes;
  return true;
}
