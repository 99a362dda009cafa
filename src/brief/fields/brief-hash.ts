import { createHash } from "node:crypto";
import { canonicalJson } from "../../domain/evidence/canonical-json.ts";
import { Brief } from "../../domain/task/brief.ts";

/** The SHA-256 of a brief, the same whatever the order of its keys. */
export function briefHash(brief: Brief): string {
  return createHash("sha256")
    .update(canonicalJson(Brief.parse(brief)))
    .digest("hex");
}

/** As much of a hash as people compare by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
