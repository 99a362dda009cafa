import type { DefaultFile } from "../../ports/github.ts";

/** A file as GraphQL shows it; an object that is no file has none of these fields. */
export type ShownFile = { oid?: string; text?: string | null; isTruncated?: boolean };

/** Undefined where there is no text, or not all of it. */
export function wholeFile(shown: ShownFile | null | undefined): DefaultFile | undefined {
  const { oid, text, isTruncated } = shown ?? {};
  return oid && typeof text === "string" && !isTruncated ? { blob: oid, text } : undefined;
}
