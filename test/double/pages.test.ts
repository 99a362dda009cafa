import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asInstallation } from "./clients.ts";

let double: CheckedDouble;
let octokit: Octokit;
const at = { owner: "ada", repo: "widgets" };

beforeAll(async () => {
  double = await startCheckedDouble();
  await double.github.createRepository({
    owner: "ada",
    name: "widgets",
    files: { "README.md": "# Widgets\n", "src/index.js": "export const one = 1;\nexport const two = 3;\n" },
    collaborators: { wil: "write" },
  });
  octokit = await asInstallation(double, "ada/widgets");
});

afterAll(() => double.close());

async function page(path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${double.url}${path}`);
  return { status: response.status, text: await response.text() };
}

test("an issue shows its Markdown as GitHub would, without what GitHub hides", async () => {
  const body = [
    "First line",
    "second line with `code` and **bold**",
    "",
    "<!-- a marker -->",
    "<details><summary>More</summary>",
    "",
    "- [x] done",
    "- [ ] open",
    "",
    "</details>",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
  ].join("\n");
  const issue = await double.github.as("ada").opensIssue("ada/widgets", { title: "<b>Two</b>", body });
  await double.github.as("ada").labels(issue, "agent-task");
  await double.github.as("wil").comments(issue, "| a | b |\n|---|---|\n| 1 | 2 |");

  const { status, text } = await page(`/ada/widgets/issues/${issue.number}`);

  expect(status).toBe(200);
  expect(issue.url).toBe(`${double.url}/ada/widgets/issues/${issue.number}`);
  expect(text).toContain("&#60;b&#62;Two&#60;/b&#62;");
  expect(text).toContain("First line<br />\nsecond line with <code>code</code> and <strong>bold</strong>");
  expect(text).toMatch(/<details><summary>More<\/summary>[\s\S]*<input [^>]*checked[\s\S]*<\/details>/);
  expect(text).toContain("<td>1</td>");
  expect(text).toContain("added the label <strong>agent-task</strong>");
  expect(text).not.toMatch(/a marker|<script|onerror/);
});

test("a pull request shows its state, checks, commits and files", async () => {
  const wil = double.github.as("wil");
  await wil.pushes("ada/widgets", {
    branch: "agent/9-fix",
    files: { "src/index.js": "export const one = 1;\nexport const two = 2;\n", "src/new.js": "// <new>\n" },
    message: "Fix two",
  });
  const pull = await double.github.as("ada").opensPullRequest("ada/widgets", {
    title: "Fix two",
    head: "agent/9-fix",
    base: "main",
    draft: true,
    body: "It was three.",
  });
  const { data } = await octokit.rest.pulls.get({ ...at, pull_number: pull.number });
  await octokit.rest.checks.create({
    ...at,
    name: "drafthorse/validation",
    head_sha: data.head.sha,
    conclusion: "failure",
    output: { title: "exit code 1", summary: "It is **red**.", text: "```\nnot ok\n```" },
  });
  const review = { state: "CHANGES_REQUESTED", body: "Shorter!" } as const;
  await wil.reviews(pull, { ...review, comments: [{ path: "src/index.js", line: 2, body: "Why?" }] });

  const draft = await page(`/ada/widgets/pull/${pull.number}`);
  await wil.closes(pull);
  const closed = await page(`/ada/widgets/pull/${pull.number}`);
  const repository = await page("/ada/widgets");
  const nowhere = await page("/ada/nothing");

  expect(data.html_url).toBe(pull.url);
  expect(draft.text).toContain('<span class="badge draft">Draft</span>');
  expect(draft.text).toContain("exit code 1");
  expect(draft.text).toContain('<span class="add">+export const two = 2;</span>');
  expect(draft.text).toContain("// &#60;new&#62;");
  expect(draft.text).toContain("requested changes");
  expect(closed.text).toContain('<span class="badge closed">Closed</span>');
  expect(repository.text).toContain("agent/9-fix");
  expect(nowhere.status).toBe(404);
  expect(await double.violations()).toEqual([]);
});
