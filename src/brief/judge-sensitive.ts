import { sensitiveClasses } from "../domain/rules/classes.ts";
import type { Brief, Problem } from "../domain/task/brief.ts";
import { isSameLogin } from "../domain/task/same-login.ts";
import { type ClassPaths, classify } from "./classify.ts";
import { renderProblem } from "./fields/render-problem.ts";
import { renderReasons } from "./render-reasons.ts";

/** Who asks, what the repository's configuration says, and where the boundary stands in the text. */
export type SensitiveContext = {
  actor: string;
  rule: "independent" | "owner";
  classPaths?: ClassPaths;
  line?: number;
};

const sensitive = new Set<string>(sensitiveClasses);

/** Sensitive work is refused unless its boundary names a reviewer, who with `independent` is not the one who asks. */
export function judgeSensitive(
  brief: Pick<Brief, "goal" | "scope" | "doneWhen" | "boundary">,
  context: SensitiveContext,
): Problem[] {
  const found = classify(brief, context.classPaths).filter((one) => sensitive.has(one.class));
  if (found.length === 0) return [];
  const about = { line: context.line ?? 1, field: "boundary" as const, found: renderReasons(found) };
  const { reviewers } = brief.boundary;
  if (reviewers.length === 0) return [renderProblem("sensitive", about)];
  const others = reviewers.filter((login) => !isSameLogin(login, context.actor));
  if (context.rule === "independent" && others.length === 0) return [renderProblem("sensitive-actor", about)];
  return [];
}
