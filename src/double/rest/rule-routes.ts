import picomatch from "picomatch";
import { z } from "zod";
import { allows } from "../auth/grants.ts";
import { created, ok } from "../http/answer.ts";
import { pageOf } from "../http/paginate.ts";
import { type ClassicRule, fullName, type Ruleset } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { apiUrl } from "../shapes/repository-shape.ts";
import { bodyOf, type RepositoryCall, repositoryRoute } from "./calls.ts";

const Rule = z.object({ type: z.string(), parameters: z.record(z.string(), z.unknown()).optional() });
const Actor = z.object({
  actor_type: z.string(),
  actor_id: z.number().int().nullish(),
  bypass_mode: z.enum(["always", "pull_request", "exempt"]).default("always"),
});
const Refs = z.object({ include: z.array(z.string()), exclude: z.array(z.string()) });
const NewRuleset = z.object({
  name: z.string().min(1),
  target: z.enum(["branch", "tag", "push"]).default("branch"),
  enforcement: z.enum(["active", "evaluate", "disabled"]),
  conditions: z.object({ ref_name: Refs }).optional(),
  rules: z.array(Rule).default([]),
  bypass_actors: z.array(Actor).default([]),
});

/** Rulesets and classic branch protection, as far as anybody may see and change them. */
export const ruleRoutes = [
  repositoryRoute("GET /rules/branches/:branch+", ["metadata:read"], (call) => {
    if (!call.repository.hasRules)
      throw new Refusal(403, "Upgrade to GitHub Pro or make this repository public to enable this feature.");
    const ref = `refs/heads/${call.params.branch}`;
    const active = call.repository.rulesets.filter(
      (one) => one.enforcement === "active" && holds(call, one, ref),
    );
    const rules = active.flatMap((one) =>
      one.rules.map((rule) => ({
        ...rule,
        ruleset_source_type: "Repository",
        ruleset_source: fullName(call.repository),
        ruleset_id: one.id,
      })),
    );
    return pageOf(rules, call.url, (rule) => rule);
  }),
  repositoryRoute("GET /branches/:branch/protection", ["administration:read"], (call) =>
    classicOf(call, call.params.branch),
  ),
  repositoryRoute("GET /rulesets", ["metadata:read"], (call) =>
    pageOf(call.repository.rulesets, call.url, (one) => headOf(call, one)),
  ),
  repositoryRoute("POST /rulesets", ["administration:write"], (call) => {
    const ruleset = { id: call.world.newId(), ...bodyOf(NewRuleset, call) };
    if (call.repository.rulesets.some(({ name }) => name === ruleset.name))
      throw new Refusal(422, "Name must be unique");
    call.repository.rulesets.push(ruleset);
    return created(shapeOf(call, ruleset), { kind: "ruleset.created", subject: ruleset.id });
  }),
  repositoryRoute("GET /rulesets/:id", ["metadata:read"], (call) =>
    ok(shapeOf(call, rulesetAt(call, call.params.id))),
  ),
  repositoryRoute("PUT /rulesets/:id", ["administration:write"], (call) => {
    const ruleset = Object.assign(rulesetAt(call, call.params.id), bodyOf(NewRuleset, call));
    return ok(shapeOf(call, ruleset), { kind: "ruleset.updated", subject: ruleset.id });
  }),
];

function rulesetAt({ repository }: RepositoryCall, id: string): Ruleset {
  const ruleset = repository.rulesets.find((one) => one.id === Number(id));
  if (!ruleset) throw notFound();
  return ruleset;
}

function holds({ repository }: RepositoryCall, { conditions }: Ruleset, ref: string): boolean {
  const { include = [], exclude = [] } = conditions?.ref_name ?? {};
  const fits = (pattern: string): boolean =>
    pattern === "~ALL" ||
    picomatch.isMatch(
      ref,
      pattern === "~DEFAULT_BRANCH" ? `refs/heads/${repository.defaultBranch}` : pattern,
    );
  return include.some(fits) && !exclude.some(fits);
}

function headOf({ world, repository }: RepositoryCall, { id, name, target, enforcement }: Ruleset) {
  const self = { href: `${apiUrl(world, repository)}/rulesets/${id}` };
  const at = repository.createdAt;
  const source = { source_type: "Repository", source: fullName(repository) };
  return { id, name, target, enforcement, ...source, _links: { self }, created_at: at, updated_at: at };
}

/** Only who may change a ruleset sees who may bypass it. */
function shapeOf(call: RepositoryCall, ruleset: Ruleset) {
  const { rules, conditions, bypass_actors } = ruleset;
  const seen = allows(call.grant.permissions, ["administration:write"]) && { bypass_actors };
  return { ...headOf(call, ruleset), rules, ...(conditions && { conditions }), ...seen };
}

function classicOf({ world, repository }: RepositoryCall, branch: string) {
  const rule = repository.classicRules.get(branch);
  if (!rule) throw new Refusal(404, "Branch not protected");
  const url = `${apiUrl(world, repository)}/branches/${branch}/protection`;
  return ok({
    url,
    ...reviewsOf(url, rule),
    required_signatures: { url: `${url}/required_signatures`, enabled: rule.signatures },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: rule.admins },
  });
}

function reviewsOf(url: string, { approvals, dismissesStale }: ClassicRule): object {
  if (approvals === 0) return {};
  return {
    required_pull_request_reviews: {
      url: `${url}/required_pull_request_reviews`,
      dismiss_stale_reviews: dismissesStale,
      require_code_owner_reviews: false,
      required_approving_review_count: approvals,
      require_last_push_approval: false,
    },
  };
}
