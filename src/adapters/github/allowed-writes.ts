import { Failure } from "../../domain/task/failure.ts";
import { allowedMutations } from "./allowed-mutations.ts";

/**
 * Every request by which this App may change something on GitHub, by method and path template or by its text. None of them
 * can merge, approve or mark ready: a person does that (SPEC section 1.10). Whatever is not here is refused before it is sent, and
 * `test/architecture-gate.test.ts` holds this table and the code to it.
 */
export const allowedWrites: ReadonlySet<string> = new Set([
  "POST /app/installations/{installation_id}/access_tokens",
  "POST /app/hook/deliveries/{delivery_id}/attempts",
  "POST /repos/{owner}/{repo}/git/blobs",
  "POST /repos/{owner}/{repo}/git/trees",
  "POST /repos/{owner}/{repo}/git/commits",
  "POST /repos/{owner}/{repo}/git/refs",
  "PATCH /repos/{owner}/{repo}/git/refs/{ref}",
  "DELETE /repos/{owner}/{repo}/git/refs/{ref}",
  "POST /repos/{owner}/{repo}/pulls",
  "PATCH /repos/{owner}/{repo}/pulls/{pull_number}",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/reactions",
  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
  "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
  "POST /repos/{owner}/{repo}/labels",
  "POST /repos/{owner}/{repo}/check-runs",
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
  ...allowedMutations,
]);

/** What a person's own token is used for: the ruleset that `drafthorse protect --apply` makes, and nothing else. */
export const personalWrites: ReadonlySet<string> = new Set([
  "POST /repos/{owner}/{repo}/rulesets",
  "PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}",
]);

/** What changes something before there is an App: the exchange of a manifest's code for its keys, without any token. */
export const firstWrites: ReadonlySet<string> = new Set(["POST /app-manifests/{code}/conversions"]);

/** What is sent for people who sign in: the exchange of their codes, and the comment that a button of theirs writes. */
export const signInWrites: ReadonlySet<string> = new Set([
  "POST /login/oauth/access_token",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
]);

/** A request as octokit hands it to a hook, before the template's places are filled. */
export type UnsentRequest = { method: string; url: string; query?: unknown };

/** One text of GraphQL can hold several operations, of which a request names one; a mutation is allowed word by word. */
function isAllowedText({ url, query }: Omit<UnsentRequest, "method">, allowed: ReadonlySet<string>): boolean {
  if (!/\/graphql$/.test(url) || typeof query !== "string") return false;
  return allowed.has(query) || (/^\s*query\b/.test(query) && !/\b(?:mutation|subscription)\b/.test(query));
}

/** Throws a `bug` failure for a request that may change something and is not in the table. */
export function refuseForbiddenWrite(
  { method, url, query }: UnsentRequest,
  allowed: ReadonlySet<string> = allowedWrites,
): void {
  if (method === "GET" || method === "HEAD") return;
  if (isAllowedText({ url, query }, allowed) || allowed.has(`${method} ${url}`)) return;
  throw new Failure("bug", `Drafthorse has no business with ${method} ${url}, and was asked to send it.`);
}
