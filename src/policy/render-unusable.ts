import type { ConfigurationProblem } from "../domain/rules/configuration-problem.ts";

/** The cause of an attempt that ends because its rules cannot be read, in one sentence. */
export function renderUnusable([first, ...others]: ConfigurationProblem[]): string {
  if (!first) return "The configuration cannot be used.";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${first.file}, line ${first.line}: ${first.message}${more} ${first.repair}`;
}
