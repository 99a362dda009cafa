import { describe, expect, test } from "@jest/globals";
import { findExposed } from "../../src/policy/find-workflows.ts";

const branches = { branch: "agent/12-slug", base: "main" };
const path = ".github/workflows/ci.yml";

const publish = `env:\n  NPM_TOKEN: \${{ secrets.NPM_TOKEN }}\n`;
const plain = "jobs:\n  test:\n    steps:\n      - run: npm test\n";
const takesHead = `with:\n  ref: \${{ github.event.pull_request.head.sha }}\n`;

/** A workflow's triggers and the rest of it; by what it would run the branch and with what, or nothing. */
const cases: [string, string, string][] = [
  ["push to every branch", `on: push\n${publish}`, "push: NPM_TOKEN"],
  ["push, in a list", `on: [push, pull_request]\n${publish}`, "push: NPM_TOKEN"],
  ["push to all by a glob", `on:\n  push:\n    branches: ["**"]\n${publish}`, "push: NPM_TOKEN"],
  ["push to ours by name", `on:\n  push:\n    branches: [main, "agent/**"]\n${publish}`, "push: NPM_TOKEN"],
  ["push to main alone", `on:\n  push:\n    branches: [main]\n${publish}`, ""],
  ["push with a star, which ends at a slash", `on:\n  push:\n    branches: ["*"]\n${publish}`, ""],
  ["push to all but ours", `on:\n  push:\n    branches-ignore: ["agent/**"]\n${publish}`, ""],
  ["push to all but others", `on:\n  push:\n    branches-ignore: [docs]\n${publish}`, "push: NPM_TOKEN"],
  ["push to all, ours taken out", `on:\n  push:\n    branches: ["**", "!agent/**"]\n${publish}`, ""],
  [
    "push, ours taken out and in again",
    `on:\n  push:\n    branches: ["**", "!agent/**", "agent/*"]\n${publish}`,
    "push: NPM_TOKEN",
  ],
  ["push of tags alone", `on:\n  push:\n    tags: ["v*"]\n${publish}`, ""],
  [
    "a pull request to main",
    `on:\n  pull_request:\n    branches: [main]\n${publish}`,
    "pull_request: NPM_TOKEN",
  ],
  ["a pull request to another base", `on:\n  pull_request:\n    branches: [release]\n${publish}`, ""],
  ["a pull request that was closed", `on:\n  pull_request:\n    types: [closed]\n${publish}`, ""],
  ["a pull request, with no secret", `on: pull_request\n${plain}`, ""],
  ["a pull request, with the token alone", `on: pull_request\nenv:\n  T: \${{ secrets.GITHUB_TOKEN }}\n`, ""],
  [
    "a pull request, with an identity",
    `on: pull_request\npermissions:\n  id-token: write\n${plain}`,
    "pull_request: id-token: write",
  ],
  [
    "a pull request, with all rights",
    `on: pull_request\npermissions: write-all\n${plain}`,
    "pull_request: permissions: write-all",
  ],
  [
    "a pull request, handing secrets on",
    `on: pull_request\njobs:\n  a:\n    uses: ./x.yml\n    secrets: inherit\n`,
    "pull_request: all secrets",
  ],
  ["a secret by its index", `on: push\nenv:\n  A: \${{ secrets['DEPLOY_KEY'] }}\n`, "push: DEPLOY_KEY"],
  [
    "pull_request_target that takes the head",
    `on: pull_request_target\n${takesHead}`,
    "pull_request_target: a token that may write",
  ],
  [
    "the same, with its token narrowed",
    `on: pull_request_target\npermissions:\n  contents: read\n${takesHead}`,
    "",
  ],
  [
    "the same, narrowed but with a secret",
    `on: pull_request_target\npermissions: {}\n${takesHead}${publish}`,
    "pull_request_target: NPM_TOKEN",
  ],
  ["pull_request_target that labels", `on: pull_request_target\npermissions:\n  issues: write\n${plain}`, ""],
  [
    "workflow_run that takes an artefact",
    `on:\n  workflow_run:\n    workflows: [CI]\nsteps:\n  - uses: actions/download-artifact@v4\n`,
    "workflow_run: a token that may write",
  ],
  ["workflow_run that notifies", `on:\n  workflow_run:\n    workflows: [CI]\n${publish}`, ""],
  [
    "a command that checks out",
    `on: issue_comment\nsteps:\n  - run: gh pr checkout 1\n${publish}`,
    "issue_comment: NPM_TOKEN, a token that may write",
  ],
  ["a new branch", `on: create\n${publish}`, "create: NPM_TOKEN"],
  ["a schedule", `on:\n  schedule:\n    - cron: "0 0 * * *"\n${publish}`, ""],
  ["by hand", `on: workflow_dispatch\n${publish}`, ""],
  ["quoted, as some write it", `"on": push\n${publish}`, "push: NPM_TOKEN"],
  ["no YAML", `on: [push\n${publish}`, ""],
  ["no workflow", "- push\n", ""],
  ["nothing", "", ""],
  ["a text without end", `on: push\n#${"x".repeat(300_000)}\n${publish}`, ""],
  [
    "a glob that would take for ever",
    `on:\n  push:\n    branches: ["${"*a".repeat(50)}"]\n${publish}`,
    "push: NPM_TOKEN",
  ],
];

describe("workflows that would run the branch with the repository's secrets", () => {
  test.each(cases)("%s", (_, text, expected) => {
    const found = findExposed({ path, text }, branches);

    expect(found ? `${found.event}: ${found.holds.join(", ")}` : "").toBe(expected);
  });
});
