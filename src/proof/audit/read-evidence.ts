import type { z } from "zod";
import { Evidence } from "../../domain/evidence/evidence.ts";
import { parseJson } from "../../domain/text/parse-json.ts";

/** Evidence as it was found; `isCut` where the logs' own text was left out, as a check run does for want of room. */
export type FoundEvidence = { value: Evidence; text: string; isCut: boolean };

/** Reads evidence of the present version; or says in one sentence what is not as Drafthorse writes it. */
export function readEvidence(text: string): FoundEvidence | { problem: string } {
  const json = parseJson(text);
  const whole = Evidence.safeParse(json);
  if (whole.success) return { value: whole.data, text, isCut: false };
  const filled = Evidence.safeParse(withEmptyLogs(json));
  if (filled.success) return { value: filled.data, text, isCut: true };
  return { problem: problemOf(whole.error) };
}

/** The first thing that does not fit a shape, as a sentence. */
export function problemOf({ issues: [first] }: z.ZodError): string {
  const where = first?.path.join(".");
  return `${where ? `\`${where}\`` : "the whole"} is not as Drafthorse writes it.`;
}

/** Every record of a log that has neither end of its text gets two empty ones. */
function withEmptyLogs(json: unknown): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(withEmptyLogs);
  const entries = Object.entries(json).map(([key, value]) => [key, withEmptyLogs(value)] as const);
  const isLog = "sha256" in json && "bytes" in json && !("head" in json) && !("tail" in json);
  return { ...Object.fromEntries(entries), ...(isLog && { head: "", tail: "" }) };
}
