import { describe, expect, test } from "@jest/globals";
import { githubContract } from "../adapters/github/github-contract.ts";
import type { GitHubWorld, LosableWrite } from "../adapters/github/github-world.ts";
import { FakeGitHub, type FakeMethod, fakeId } from "./fake-github.ts";

const methods: Record<LosableWrite, FakeMethod> = {
  say: "issues.say",
  "create branch": "branches.point",
  "move branch": "branches.point",
  open: "pullRequests.open",
  report: "checkRuns.report",
  "report all": "checkRuns.report",
  annotate: "checkRuns.report",
};

async function fakeWorld(): Promise<GitHubWorld> {
  const fake = new FakeGitHub();
  const headOf = (branch: string) => {
    const commit = fake.refs.get(branch) ?? "";
    return { commit, tree: fake.commits.get(commit)?.tree ?? "" };
  };
  let measured = "";
  fake.treeOf = () => measured;
  const stateOf = (number: number, state: "closed" | "merged") => {
    const pull = fake.pulls.get(number);
    if (pull) pull.state = state;
  };
  return {
    ports: fake,
    repository: fake.repository,
    botLogin: fake.botLogin,
    base: async () => headOf("main"),
    allow: (login, permission) => fake.permissions.set(login, permission),
    makesApp: (botLogin) => {
      fake.apps.set(botLogin, 77);
      return 77;
    },
    refuseDrafts: () => {
      fake.drafts = false;
    },
    opensIssue: async (by, issue) => fake.opensIssue(by, issue),
    editsIssue: async (by, number, changes) =>
      fake.edits(by, number, { ...changes, at: "2026-11-21T10:00:00Z" }),
    closesIssue: async (_, number) => {
      const issue = fake.issueList.get(number);
      if (issue) issue.open = false;
    },
    comments: async (by, number, body) => fake.comments(by, number, body),
    deletesComment: async (number, id) => {
      const issue = fake.issueList.get(number);
      if (issue) issue.comments = issue.comments.filter((comment) => comment.id !== id);
    },
    commentsOn: async (number) => fake.issueList.get(number)?.comments ?? [],
    reactionsTo: async (number, comment) => [
      ...(fake.reactions.get(comment ? `comment ${comment}` : `issue ${number}`) ?? []),
    ],
    change: async (edit, onto = headOf("main")) => {
      const files = Object.keys(edit).map((path) => ({
        path,
        before: null,
        after: { mode: "100644", id: fakeId(), bytes: 1 },
      }));
      measured = fakeId();
      const base = { ref: "main", ...onto };
      return {
        change: { base, tree: measured, files, unpublishable: [], pack: "none" },
        blob: async () => Buffer.from("x"),
      };
    },
    pushes: async (by, branch, { file, message }) => {
      if (branch === "main") fake.fileTexts.set(file, `${file}\n`);
      return fake.pushes(by, branch, message);
    },
    deletesBranch: async (_, branch) => void fake.refs.delete(branch),
    opensPullRequest: async (by, pull) => fake.opensPullRequest(by, { ...pull, base: "main", draft: false }),
    closesPullRequest: async (_, number) => stateOf(number, "closed"),
    mergesPullRequest: async (_, number) => stateOf(number, "merged"),
    reviews: async (by, number, { body, path, comment }) => {
      if (body) fake.notes(number, { by, path: null, line: null, text: body });
      if (path && comment) fake.notes(number, { by, path, line: 1, text: comment });
    },
    judges: async (by, number, verdict) => fake.reviews(by, number, verdict),
    dismisses: async (_, number) => {
      const last = fake.reviewList.get(number)?.at(-1);
      if (last) last.verdict = "dismissed";
    },
    askedOf: async (number) => ({
      reviewers: fake.asked.get(number) ?? [],
      assignees: fake.assigned.get(number) ?? [],
    }),
    annotationsOn: async (commit) =>
      fake.checks
        .filter(({ head }) => head === commit)
        .flatMap(({ annotations = [] }) => annotations.map(({ path, line }) => `${path}:${line}`)),
    pullRequestTitles: async () => [...fake.pulls.values()].map(({ title }) => title),
    checkRunsOf: async (commit) =>
      fake.checks
        .filter(({ head }) => head === commit)
        .map(({ name, externalId, conclusion, text }) => ({ name, externalId, conclusion, text })),
    loseNext: (write) => fake.failNext(methods[write], "after"),
  };
}

describe("the fake keeps the contract", () => {
  githubContract(fakeWorld);
});

test("a fault before the effect leaves nothing behind", async () => {
  const fake = new FakeGitHub();
  const number = fake.opensIssue("ada", { title: "Two", body: "" });
  fake.failNext("issues.say", "before");

  const said = fake.issues.say(
    { repository: fake.repository, number },
    { marker: "<!-- m -->", body: "Hi." },
  );

  await expect(said).rejects.toMatchObject({ kind: "github" });
  expect(fake.issueList.get(number)?.comments).toEqual([]);
});
