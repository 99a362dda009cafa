import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { allowedMutations, creatingRuns } from "../src/adapters/github/allowed-mutations.ts";
import {
  allowedWrites,
  firstWrites,
  personalWrites,
  refuseForbiddenWrite,
  signInWrites,
} from "../src/adapters/github/allowed-writes.ts";

/** No code path merges, approves or marks ready (SPEC section 1.10, ADR 51). The double is GitHub, which can do all. */
const source = resolve(import.meta.dirname, "../../src");
const root = resolve(import.meta.dirname, "../..");

/** The ways in which a program merges, approves or marks ready on GitHub, as they stand in a program's text. */
const ways: Record<string, RegExp> = {
  "the endpoint that merges a pull request": /\/merge(?=["'`?\s]|$)/,
  "the endpoint that merges branches": /\/merges(?=["'`?\s]|$)/,
  "the endpoint that merges an upstream": /\/merge-upstream\b/,
  "an endpoint that writes a review": /\b(?:POST|PUT|PATCH) [^"'`\s]*\/reviews\b/,
  "the endpoint that sends a review": /\/reviews\/[^"'`\s]*\/(?:events|dismissals)\b/,
  "an endpoint that writes a file by itself": /\b(?:PUT|DELETE) [^"'`\s]*\/contents\b/,
  "a method of octokit that merges":
    /\bpulls\s*\.\s*(?:merge|updateBranch)\b|\brepos\s*\.\s*merge(?:Upstream)?\b/,
  "a method of octokit that reviews": /\bpulls\s*\.\s*(?:create|submit|update|dismiss|deletePending)Review\b/,
  "a mutation that merges":
    /\b(?:mergePullRequest|mergeBranch|enablePullRequestAutoMerge|enqueuePullRequest)\b/i,
  "a mutation that reviews":
    /\b(?:add|submit|update|dismiss)PullRequestReview(?!Thread|Comment)\w*\b|\bmarkPullRequestReadyForReview\b/i,
  "a mutation that writes a ref": /\b(?:createCommitOnBranch|updateRefs?|createRef|deleteRef)\b(?=Input|\()/,
  "a mutation of any kind": /["'`]\s*mutation\b/,
  "the gh tool": /\bgh pr (?:merge|review|ready)\b|\bgh["'`], \[["'`]pr["'`]/,
  "octokit by its methods": /\brest\s*\.\s*(?:pulls|repos|issues|git|checks)\b/,
  "Probot's own client": /\bcontext\s*\.\s*octokit\b|\bprobot\s*\.\s*auth\b/,
};

function waysIn(text: string): string[] {
  return Object.entries(ways)
    .filter(([, way]) => way.test(text))
    .map(([name]) => name);
}

/** Every file of ours: sources, and what is not compiled. */
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.m?ts$/.test(file) && !file.startsWith("double/"))
  .map((file) => ({ file, text: readFileSync(join(source, file), "utf8") }));

/** What the adapter asks GitHub for: method and path template. */
const requests = files.flatMap(({ file, text }) =>
  [...text.matchAll(/["'`](?<method>GET|HEAD|POST|PUT|PATCH|DELETE) (?<path>\/[^"'`]*)["'`]/g)].map(
    ({ groups }) => ({ file, method: groups?.method ?? "", path: groups?.path ?? "" }),
  ),
);

describe("nothing in the code can merge, approve or mark ready", () => {
  test.each([
    ['client.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", at)'],
    ["fetch(`$" + "{api}/repos/ada/shop/pulls/1/merge`, { method })"],
    ['client.request("POST /repos/{owner}/{repo}/merges", at)'],
    ['client.request("POST /repos/{owner}/{repo}/merge-upstream", at)'],
    ['client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", at)'],
    ['client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events", at)'],
    ['client.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals", at)'],
    ['client.request("PUT /repos/{owner}/{repo}/contents/{path}", at)'],
    ["octokit.rest.pulls.merge(at)"],
    ["octokit.pulls.createReview({ ...at, event })"],
    ["client.repos.merge(at)"],
    ["await rest\n  .pulls\n  .submitReview(at)"],
    [
      "const query = `mutation ($" +
        "id: ID!) { markPullRequestReadyForReview(input: {}) { clientMutationId } }`",
    ],
    ['const approve = "mutation { addPullRequestReview(input: $input) { clientMutationId } }"'],
    ["enablePullRequestAutoMerge(input: $input)"],
    ["mergePullRequest(input: $input)"],
    ["enqueuePullRequest(input: $input)"],
    ['execa("gh", ["pr", "merge", "--auto"])'],
    ["spawn(`gh pr ready $" + "{number}`)"],
    ["context.octokit.request(route)"],
  ])("%j is known for what it is", (text) => {
    expect(waysIn(text)).not.toEqual([]);
  });

  test.each([
    ['client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", at)'],
    ['import { mergeSettings } from "./merge-settings.ts";'],
    ['"Drafthorse never merges: a person marks it ready, approves and merges, or closes it."'],
    ['["git", "merge-tree", base, head]'],
  ])("%j is none of it", (text) => {
    expect(waysIn(text)).toEqual([]);
  });

  test("no file does, and one holds the mutations that are sent", () => {
    const found = files.flatMap(({ file, text }) => waysIn(text).map((way) => `${file}: ${way}`));

    expect(files.length).toBeGreaterThan(500);
    expect(found).toEqual(["adapters/github/allowed-mutations.ts: a mutation of any kind"]);
  });

  test("what is changed through GraphQL is check runs that are created", () => {
    const fields = [...allowedMutations].flatMap((text) => [...text.matchAll(/(?<field>\w+)\(input:/g)]);

    expect(new Set(fields.map(({ groups }) => groups?.field))).toEqual(new Set(["createCheckRun"]));
    expect(
      [...allowedMutations].filter((text) =>
        /^mutation \([^{]*\) \{[^{}]*(?:\{[^{}]*\{[^{}]*\}[^{}]*\}[^{}]*)+\}$/.test(text),
      ),
    ).toHaveLength(allowedMutations.size);
  });

  test("each request that can change something is in a table of allowed writes", () => {
    const allowed = new Set([...allowedWrites, ...personalWrites, ...firstWrites, ...signInWrites]);
    const strangers = requests.filter(
      ({ method, path }) => !/^(?:GET|HEAD)$/.test(method) && !allowed.has(`${method} ${path}`),
    );

    expect(strangers).toEqual([]);
  });

  test("no allowed write merges, approves or marks ready", () => {
    const texts = [...allowedWrites, ...personalWrites, ...firstWrites, ...signInWrites];

    expect(texts.flatMap(waysIn)).toEqual([]);
  });

  test("what is asked of GitHub stands in the text of the adapter, and nowhere else", () => {
    const elsewhere = files.filter(
      ({ file, text }) => !file.startsWith("adapters/github/") && /from "@octokit\//.test(text),
    );
    const computed = files.filter(
      ({ file, text }) =>
        file.startsWith("adapters/github/") && /\bclient\s*\.\s*request\((?!\s*["'])/.test(text),
    );

    expect(elsewhere.map(({ file }) => file)).toEqual([]);
    expect(computed.map(({ file }) => file)).toEqual([]);
  });

  test.each([
    ["PUT", "/repos/{owner}/{repo}/pulls/{pull_number}/merge", undefined],
    ["POST", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", undefined],
    ["POST", "/graphql", "mutation { mergePullRequest(input: {}) { clientMutationId } }"],
    ["POST", "/graphql", "query a { viewer { login } } mutation b { c }"],
    ["POST", "https://ghe.example/api/graphql", " mutation { a }"],
    [
      "POST",
      "/graphql",
      `${creatingRuns(2)} mutation b { mergePullRequest(input: {}) { clientMutationId } }`,
    ],
    ["POST", "/repos/{owner}/{repo}/merges", creatingRuns(2)],
    ["DELETE", "/repos/{owner}/{repo}", undefined],
    ["POST", "/repos/{owner}/{repo}/rulesets", undefined],
  ])("%s %s is refused before it is sent", (method, url, query) => {
    expect(() => refuseForbiddenWrite({ method, url, query })).toThrow("no business");
  });

  test.each([
    ["GET", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", undefined],
    ["POST", "/graphql", "query ($owner: String!) { repository { id } }"],
    ["POST", "/repos/{owner}/{repo}/pulls", undefined],
    ["POST", "/graphql", creatingRuns(3)],
  ])("%s %s is sent", (method, url, query) => {
    expect(() => refuseForbiddenWrite({ method, url, query })).not.toThrow();
  });
});

describe("the App's permissions", () => {
  const manifest: { default_permissions: Record<string, string> } = parse(
    readFileSync(join(root, "app.yml"), "utf8"),
  );

  test("are these and no others", () => {
    expect(manifest.default_permissions).toEqual({
      metadata: "read",
      contents: "write",
      issues: "write",
      pull_requests: "write",
      checks: "write",
    });
  });

  test("are those that the adapter's tokens ask for", () => {
    const known = [...Object.keys(manifest.default_permissions), ...optional];
    const named = files
      .filter(({ file }) => file.startsWith("adapters/github/"))
      .flatMap(({ text }) => [...text.matchAll(/accessTo\([^;]*?\{(?<granted>[^}]*)\}/g)])
      .flatMap(({ groups }) => [...(groups?.granted ?? "").matchAll(/(?<name>\w+): "(?<level>\w+)"/g)])
      .map(({ groups }) => ({ name: groups?.name ?? "", level: groups?.level ?? "" }));

    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ name }) => !known.includes(name))).toEqual([]);
    expect(named.filter(({ name, level }) => optional.includes(name) && level !== "read")).toEqual([]);
  });
});

/** What an owner may grant beside the manifest, each only to read (SPEC section 14.9). */
const optional = ["administration", "actions", "statuses", "members", "merge_queues"];
