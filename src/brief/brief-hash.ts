import { createHash } from "node:crypto";
import { Brief } from "../domain/brief.ts";

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

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}
