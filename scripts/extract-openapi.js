/**
 * Writes test/openapi/github-api.json: from GitHub's published OpenAPI description only the operations that Drafthorse
 * uses, with the schemas that they need. Run by hand; see test/openapi/README.md.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = "@octokit/openapi@23.0.2";
const target = "test/openapi/github-api.json";
const repository = "/repos/{owner}/{repo}";

const operations = [
  "GET /app",
  "GET /apps/{app_slug}",
  "GET /app/installations",
  "GET /app/installations/{installation_id}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /app/hook/config",
  "GET /app/hook/deliveries",
  "GET /app/hook/deliveries/{delivery_id}",
  "POST /app/hook/deliveries/{delivery_id}/attempts",
  "GET /installation/repositories",
  "DELETE /installation/token",
  "GET /orgs/{org}/teams/{team_slug}/members",
  "GET /users/{username}",
  "GET /user",
  "GET /user/installations",
  "GET /user/installations/{installation_id}/repositories",
  "POST /app-manifests/{code}/conversions",
  ...[
    "GET /installation",
    "GET ",
    "GET /collaborators/{username}/permission",
    "GET /branches/{branch}",
    "GET /branches/{branch}/protection",
    "GET /rules/branches/{branch}",
    "GET /rulesets",
    "POST /rulesets",
    "GET /rulesets/{ruleset_id}",
    "PUT /rulesets/{ruleset_id}",
    "GET /actions/jobs/{job_id}/logs",
    "GET /commits/{ref}",
    "GET /compare/{basehead}",
    "GET /contents/{path}",
    "GET /codeowners/errors",
    "GET /issues",
    "POST /issues",
    "GET /issues/{issue_number}",
    "PATCH /issues/{issue_number}",
    "GET /issues/{issue_number}/comments",
    "POST /issues/{issue_number}/comments",
    "GET /issues/comments/{comment_id}",
    "PATCH /issues/comments/{comment_id}",
    "DELETE /issues/comments/{comment_id}",
    "GET /issues/{issue_number}/events",
    "GET /issues/{issue_number}/labels",
    "POST /issues/{issue_number}/labels",
    "DELETE /issues/{issue_number}/labels/{name}",
    "POST /issues/{issue_number}/assignees",
    "GET /issues/{issue_number}/reactions",
    "POST /issues/{issue_number}/reactions",
    "GET /issues/comments/{comment_id}/reactions",
    "POST /issues/comments/{comment_id}/reactions",
    "GET /pulls/comments/{comment_id}/reactions",
    "POST /pulls/comments/{comment_id}/reactions",
    "GET /labels",
    "POST /labels",
    "GET /labels/{name}",
    "POST /git/blobs",
    "GET /git/blobs/{file_sha}",
    "POST /git/trees",
    "GET /git/trees/{tree_sha}",
    "POST /git/commits",
    "GET /git/commits/{commit_sha}",
    "POST /git/refs",
    "GET /git/ref/{ref}",
    "GET /git/matching-refs/{ref}",
    "PATCH /git/refs/{ref}",
    "DELETE /git/refs/{ref}",
    "GET /pulls",
    "POST /pulls",
    "GET /pulls/{pull_number}",
    "PATCH /pulls/{pull_number}",
    "POST /pulls/{pull_number}/requested_reviewers",
    "GET /pulls/{pull_number}/reviews",
    "GET /pulls/{pull_number}/comments",
    "GET /pulls/comments/{comment_id}",
    "GET /pulls/{pull_number}/commits",
    "GET /pulls/{pull_number}/files",
    "POST /check-runs",
    "GET /check-runs/{check_run_id}",
    "PATCH /check-runs/{check_run_id}",
    "GET /check-runs/{check_run_id}/annotations",
    "GET /commits/{ref}/check-runs",
  ].map((operation) => operation.replace(" ", ` ${repository}`)),
];

const description = readDescription();
const components = {};
const paths = {};
for (const operation of operations) {
  const [method, path] = operation.split(" ");
  const found = description.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`${source} has no ${operation}`);
  paths[path] ??= {};
  paths[path][method.toLowerCase()] = compact(
    pick(found, ["operationId", "parameters", "requestBody", "responses"]),
  );
}
collect(paths);
collect({ $ref: "#/components/schemas/basic-error" });
const header = {
  "x-extracted-from": `${source}, GitHub's OpenAPI description, MIT, Copyright (c) GitHub Inc. and Octokit contributors`,
  "x-refresh": "node scripts/extract-openapi.js",
  openapi: description.openapi,
  info: pick(description.info, ["title", "version", "license"]),
};
writeFileSync(target, `${JSON.stringify({ ...header, paths, components })}\n`);

function readDescription() {
  const directory = mkdtempSync(join(tmpdir(), "openapi-"));
  try {
    const packed = execFileSync("npm", ["pack", "--silent", source], { cwd: directory, encoding: "utf8" });
    const file = "package/generated/api.github.com.json";
    execFileSync("tar", ["-xzf", packed.trim(), file], { cwd: directory });
    return JSON.parse(readFileSync(join(directory, file), "utf8"));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Leaves out what only people read. A property may itself be named `description`, so `properties` keep their names. */
function compact(value) {
  if (Array.isArray(value)) return value.map(compact);
  if (value === null || typeof value !== "object") return value;
  const left = Object.entries(value).filter(([key]) => !isProse(key));
  return Object.fromEntries(
    left.map(([key, part]) => [
      key,
      key === "properties" && part && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).map(([name, schema]) => [name, compact(schema)]))
        : compact(part),
    ]),
  );
}

function isProse(key) {
  return (
    ["description", "summary", "example", "examples", "headers", "externalDocs", "deprecated"].includes(
      key,
    ) || key.startsWith("x-")
  );
}

/** Takes over every component that is named below a value, and those that it names. */
function collect(value) {
  if (value === null || typeof value !== "object") return;
  const ref = typeof value.$ref === "string" ? value.$ref.match(/^#\/components\/([^/]+)\/(.+)$/) : null;
  if (ref) {
    const [, kind, name] = ref;
    components[kind] ??= {};
    if (!components[kind][name]) {
      components[kind][name] = compact(description.components[kind][name]);
      collect(components[kind][name]);
    }
  }
  for (const part of Object.values(value)) collect(part);
}

function pick(value, keys) {
  return Object.fromEntries(keys.filter((key) => key in value).map((key) => [key, value[key]]));
}
