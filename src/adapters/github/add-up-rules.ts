import type { BranchRules } from "../../domain/rules/protection.ts";

/** A rule of a ruleset that is active on a branch, as far as it is read here. */
export type ShownRule = { type: string; ruleset_id?: number; parameters?: unknown };

/** Classic branch protection, in our words. */
export type ClassicProtection = Pick<BranchRules, "dismissesStale" | "signatures"> & {
  approvals: number;
  bypass: string[];
};

/** A ruleset; its bypass list is absent where it may not be seen. */
export type Ruleset = {
  bypass_actors?: { actor_type: string; actor_id?: number | null; bypass_mode?: string }[] | undefined;
};

/** What was read: `classic` null where there is none, undefined where it could not be read; `rulesets` likewise. */
export type ReadProtection = {
  rules: ShownRule[];
  checks: BranchRules["checks"];
  classic: ClassicProtection | null | undefined;
  rulesets: Ruleset[] | undefined;
};

type Parameters = {
  required_approving_review_count?: number;
  dismiss_stale_reviews_on_push?: boolean;
  required_status_checks?: { context: string; integration_id?: number | null }[];
};

/** All rules of a branch in one: GitHub holds a merge to each of them, so that the strictest counts. */
export function addUpRules({
  rules,
  checks,
  classic,
  rulesets,
}: ReadProtection): Omit<BranchRules, "drafts"> {
  const given = rules.map(({ parameters }): Parameters => ({ ...(parameters as Parameters) }));
  const approvals = Math.max(
    classic?.approvals ?? 0,
    ...given.map(({ required_approving_review_count: count }) => count ?? 0),
  );
  const dismissesStale =
    classic?.dismissesStale === true || given.some((one) => one.dismiss_stale_reviews_on_push === true);
  const isUnread = classic === undefined;
  const signatures = classic?.signatures === true || rules.some(asksSignature);
  const gates = rules.filter((rule) => !asksSignature(rule));
  return {
    approvals: approvals === 0 && isUnread ? null : approvals,
    dismissesStale: !dismissesStale && isUnread ? null : dismissesStale,
    checks: [
      ...checks,
      ...given
        .flatMap(({ required_status_checks: required }) => required ?? [])
        .map(({ context, integration_id }) => ({ name: context, app: integration_id ?? null })),
    ],
    signatures: !signatures && isUnread ? null : signatures,
    bypass: bypassOf({ rules: gates, classic, rulesets }),
  };
}

function asksSignature({ type }: ShownRule): boolean {
  return type === "required_signatures";
}

/** One list that may not be seen leaves the whole unknown. */
function bypassOf({ rules, classic, rulesets }: Omit<ReadProtection, "checks">): string[] | null {
  if (classic === undefined || (rules.length > 0 && rulesets === undefined)) return null;
  const listed = (rulesets ?? []).map(({ bypass_actors }) => bypass_actors);
  if (listed.some((actors) => actors === undefined)) return null;
  const actors = listed.flatMap((list) => list ?? []).map(nameActor);
  return [...new Set([...(classic?.bypass ?? []), ...actors])];
}

/** The roles that every repository has, by the ids under which rulesets name them. */
const roles = new Map([
  [2, "maintainers"],
  [4, "people with write access"],
  [5, "administrators"],
]);

function nameActor({ actor_type, actor_id }: { actor_type: string; actor_id?: number | null }): string {
  switch (actor_type) {
    case "RepositoryRole":
      return roles.get(actor_id ?? 0) ?? `role ${actor_id}`;
    case "OrganizationAdmin":
      return "owners of the organization";
    case "DeployKey":
      return "deploy keys";
    case "Integration":
      return `App ${actor_id}`;
    default:
      return `${actor_type.toLowerCase()} ${actor_id}`;
  }
}
