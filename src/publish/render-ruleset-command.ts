import type { rulesetFor } from "../domain/rules/ruleset.ts";

/** The command of GitHub's own tool that makes a ruleset; what stands in it is quoted whole. */
export function renderRulesetCommand(repository: string, ruleset: ReturnType<typeof rulesetFor>): string {
  return `gh api --method POST repos/${repository}/rulesets --input - <<'JSON'\n${JSON.stringify(ruleset, null, 2)}\nJSON`;
}
