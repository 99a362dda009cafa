import type { Brief, Problem } from "../domain/brief.ts";
import { briefHash } from "./brief-hash.ts";
import { lintValidation } from "./lint-validation.ts";
import { parseBrief } from "./parse-brief.ts";

/** Reads an issue's text as a brief with its hash, or as every problem that keeps it from being one. */
export function readBrief(text: string): { brief: Brief; sha256: string } | { problems: Problem[] } {
  const parsed = parseBrief(text);
  if ("problems" in parsed) return { problems: parsed.problems };
  const { brief, lines } = parsed;
  const problems = lintValidation(brief.validation, lines.validation ?? 1);
  return problems.length > 0 ? { problems } : { brief, sha256: briefHash(brief) };
}
