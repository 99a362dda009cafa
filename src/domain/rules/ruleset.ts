import { approvalCheck } from "./protection.ts";

/** The name under which the ruleset of ours is found again. */
export const rulesetName = "drafthorse";

/** What a ruleset is made for: the base, and the App whose check counts. */
export type RulesetOrder = { branch: string; isDefault: boolean; app: number };

/**
 * A ruleset of GitHub's API that requires one approving review, dismisses approvals at a push, and requires our check
 * from our App alone. Rulesets add up: it makes nothing weaker that is there already.
 */
export function rulesetFor({ branch, isDefault, app }: RulesetOrder) {
  const include = [isDefault ? "~DEFAULT_BRANCH" : `refs/heads/${branch}`];
  return {
    name: rulesetName,
    target: "branch" as const,
    enforcement: "active" as const,
    conditions: { ref_name: { include, exclude: [] as string[] } },
    rules: [
      {
        type: "pull_request" as const,
        parameters: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: false,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
      {
        type: "required_status_checks" as const,
        parameters: {
          strict_required_status_checks_policy: false,
          required_status_checks: [{ context: approvalCheck, integration_id: app }],
        },
      },
    ],
  };
}
