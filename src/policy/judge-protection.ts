import { approvalCheck, type BranchRules, type Gap } from "../domain/rules/protection.ts";

/** What lacks between a pull request and the base; `app` is our App's id. Whoever may bypass nothing is not asked for. */
export function judgeProtection(rules: BranchRules, app: number): Gap[] {
  const { approvals, dismissesStale, bypass } = rules;
  const gaps: Gap[] = [];
  if (!approvals) gaps.push({ kind: "reviews", measured: approvals !== null });
  else if (!dismissesStale) gaps.push({ kind: "stale", measured: dismissesStale !== null });
  gaps.push(...judgeCheck(rules, app));
  const isGated = Boolean(approvals) || rules.checks.length > 0;
  if (isGated && bypass === null) gaps.push({ kind: "bypass", measured: false });
  if (isGated && bypass && bypass.length > 0) gaps.push({ kind: "bypass", measured: true, who: bypass });
  return gaps;
}

/** Two rules may name the check; the stricter counts. */
function judgeCheck({ checks }: BranchRules, app: number): Gap[] {
  const ours = checks.filter(({ name }) => name === approvalCheck);
  if (ours.length === 0) return [{ kind: "check", measured: true }];
  if (ours.some((check) => check.app === app)) return [];
  const others = ours.flatMap((check) => check.app ?? []);
  return [{ kind: "pin", measured: true, ...(others.length > 0 && { who: others.map(String) }) }];
}
