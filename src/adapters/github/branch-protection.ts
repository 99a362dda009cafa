import type { BranchRules } from "../../domain/rules/protection.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { BranchProtection } from "../../ports/github.ts";
import { type Access, accessTo, type GitHubClient } from "./access.ts";
import { addUpRules, type ClassicProtection, type Ruleset, type ShownRule } from "./add-up-rules.ts";
import { isRefusal, unlessGone } from "./github-failure.ts";
import { allFitting, everyItem } from "./pages.ts";

/**
 * What is required of a merge. The rules of a branch and the branch itself tell reviews of rulesets and all required checks;
 * classic reviews and bypass lists take `administration: read`, which an owner may grant the App.
 */
export function branchProtectionOf(client: GitHubClient, app: number): BranchProtection {
  return { app, rules: (repository, branch) => readRules({ client, repository, branch }) };
}

type BranchAt = { client: GitHubClient; repository: Repository; branch: string };

async function readRules(place: BranchAt): Promise<BranchRules | undefined> {
  const shown = await readBranch(place);
  if (!shown) return undefined;
  const active = await readActive(place);
  const rules = active ?? [];
  const isClassic = shown.isProtected;
  const isAny = isClassic || rules.length > 0;
  const access = isAny ? await administration(place) : undefined;
  const classic = isClassic ? access && (await readClassic(place, access)) : null;
  const rulesets = access ? await readRulesets(place, { access, rules }) : undefined;
  const drafts = active ? null : false;
  return { ...addUpRules({ rules, checks: shown.checks, classic, rulesets }), drafts };
}

async function readBranch({ client, repository, branch }: BranchAt) {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/branches/{branch}", {
      ...accessTo(repository, { contents: "read" }),
      branch,
    }),
  );
  if (answer?.data.name !== branch) return undefined;
  const required = answer.data.protection?.required_status_checks;
  const isOff = !required || required.enforcement_level === "off";
  const checks: unknown[] = isOff
    ? []
    : "checks" in required && Array.isArray(required.checks)
      ? required.checks
      : [];
  return { isProtected: answer.data.protected, checks: checks.map(checkOf) };
}

/** A classic check that anybody may send has no App, or -1. */
function checkOf(check: unknown): BranchRules["checks"][number] {
  const { context = "", app_id } = check as { context?: string; app_id?: number | null };
  return { name: context, app: app_id && app_id > 0 ? app_id : null };
}

/** What of a ruleset keeps a merge back. */
const wantedRules: ReadonlySet<string> = new Set([
  "pull_request",
  "required_status_checks",
  "required_signatures",
]);

/** Undefined where a plan has no rules for private repositories, so that nothing is required. */
async function readActive({ client, repository, branch }: BranchAt): Promise<ShownRule[] | undefined> {
  const rules = everyItem(async (page) => {
    const answer = await unlessGone(
      client.request("GET /repos/{owner}/{repo}/rules/branches/{branch}", {
        ...accessTo(repository, { metadata: "read" }),
        branch,
        ...page,
      }),
    );
    return { data: answer?.data ?? [] };
  });
  return allFitting(rules, ({ type }) => wantedRules.has(type)).catch(unlessNotInPlan);
}

function unlessNotInPlan(thrown: unknown): undefined {
  if (!isRefusal(thrown, 403, /upgrade/i)) throw thrown;
}

/** Access to what only administrators see, where the owner granted the App that much. */
async function administration({ client, repository }: BranchAt): Promise<Access | undefined> {
  const { data } = await client.request("GET /app/installations/{installation_id}", {
    installation_id: repository.installationId,
  });
  const granted = data.permissions.administration !== undefined;
  return granted ? accessTo(repository, { administration: "read" }) : undefined;
}

/** Null where the branch has none: rulesets alone protect it. */
async function readClassic({ client, branch }: BranchAt, access: Access): Promise<ClassicProtection | null> {
  const answer = await unlessGone(
    client.request("GET /repos/{owner}/{repo}/branches/{branch}/protection", { ...access, branch }),
  );
  if (!answer) return null;
  const { required_pull_request_reviews: reviews, required_signatures, enforce_admins } = answer.data;
  const excused = reviews?.bypass_pull_request_allowances ?? {};
  return {
    // A classic rule that requires reviews without a number means one.
    approvals: reviews ? (reviews.required_approving_review_count ?? 1) : 0,
    dismissesStale: reviews?.dismiss_stale_reviews ?? false,
    signatures: required_signatures?.enabled ?? false,
    bypass: [
      ...(enforce_admins?.enabled ? [] : ["administrators"]),
      ...(excused.users ?? []).map(({ login }) => `@${login}`),
      ...(excused.teams ?? []).map(({ slug }) => `team ${slug}`),
      ...(excused.apps ?? []).map((app) => `App ${app?.slug ?? ""}`),
    ],
  };
}

async function readRulesets(
  { client }: BranchAt,
  { access, rules }: { access: Access; rules: ShownRule[] },
): Promise<Ruleset[]> {
  const ids = [...new Set(rules.flatMap(({ ruleset_id }) => ruleset_id ?? []))];
  return Promise.all(
    ids.map(async (ruleset_id) => {
      const answer = await unlessGone(
        client.request("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", { ...access, ruleset_id }),
      );
      return { bypass_actors: answer?.data.bypass_actors };
    }),
  );
}
