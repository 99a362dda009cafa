import { expect, test } from "@jest/globals";
import { renderTrailers } from "../../../src/domain/task/trailers.ts";
import type { Edit, GitHubWorld, LosableWrite } from "./github-world.ts";
import { signOffContract } from "./sign-off-contract.ts";

const marker = "<!-- drafthorse:status 1/2/1 -->";
const trailers = renderTrailers({
  task: "task-1-2-1",
  attempt: 1,
  agent: "claude 1.0",
  briefSha256: "a".repeat(64),
  evidenceSha256: "b".repeat(64),
  coAuthor: "Ada <ada@example.org>",
});
const message = `Add two\n\n${trailers}`;

/** What every GitHub must do, the fake of the recipes' tests and the adapter alike. */
export function githubContract(makeWorld: () => Promise<GitHubWorld>): void {
  issuesContract(makeWorld);
  peopleContract(makeWorld);
  branchesContract(makeWorld);
  pullRequestsContract(makeWorld);
  checkRunsContract(makeWorld);
  signOffContract(makeWorld);
}

/** Loses the answer of a write, and does it again if it was reported as failed, as the queue would. */
async function despiteLoss<T>(world: GitHubWorld, write: LosableWrite, act: () => Promise<T>): Promise<T> {
  world.loseNext(write);
  return act().catch(act);
}

function issuesContract(makeWorld: () => Promise<GitHubWorld>): void {
  test("an issue is read as it is now", async () => {
    const world = await makeWorld();
    const { issues } = world.ports;
    const number = await world.opensIssue("ada", { title: "Two", body: "Please.", labels: ["agent-task"] });
    const at = { repository: world.repository, number };

    const before = await issues.read(at);
    await world.closesIssue("ada", number);
    const after = await issues.read(at);

    expect(before).toEqual({
      title: "Two",
      body: "Please.",
      author: "ada",
      open: true,
      labels: ["agent-task"],
    });
    expect(after?.open).toBe(false);
    expect(await issues.read({ ...at, number: 9_999 })).toBeUndefined();
  });

  test("the last edits of an issue's text and title are told, and what was written first is none", async () => {
    const world = await makeWorld();
    const { snapshots } = world.ports;
    const number = await world.opensIssue("ada", { title: "Two", body: "Please." });
    const at = { repository: world.repository, number };

    const look = (number: number) =>
      snapshots.take({ ...at, number }, { branch: "main", path: ".github/drafthorse.yml" });
    const first = (await look(number)).edits;
    await world.editsIssue("eve", number, { body: "Do something else." });
    const second = (await look(number)).edits;
    await world.editsIssue("eve", number, { title: "Three" });
    await world.editsIssue("ada", number, { title: "Four" });
    const third = (await look(number)).edits;

    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(first).toEqual({});
    expect(second).toEqual({ body: { by: "eve", at: time } });
    expect(third).toEqual({ body: { by: "eve", at: time }, title: { by: "ada", at: time } });
    expect((await look(9_999)).edits).toEqual({});
  });

  test("a snapshot shows an issue, its comments, a branch and a file as they are now", async () => {
    const world = await makeWorld();
    const { snapshots } = world.ports;
    const number = await world.opensIssue("ada", { title: "Two", body: "Please.", labels: ["agent-task"] });
    const at = { repository: world.repository, number };
    const path = ".github/drafthorse.yml";
    const before = await snapshots.take(at, { branch: "agent/1-none", path });
    await world.comments("ada", number, "Soon?");
    await world.pushes("ada", "main", { file: path, message: "Configure" });

    const after = await snapshots.take(at, { branch: "main", path });
    const gone = await snapshots.take({ ...at, number: 9_999 }, { branch: "main", path: "docs" });

    const issue = { title: "Two", body: "Please.", author: "ada", open: true, labels: ["agent-task"] };
    expect(before).toEqual({
      issue,
      edits: {},
      closers: [],
      comments: [],
      hasBranch: false,
      file: undefined,
    });
    expect(after).toMatchObject({ issue, comments: ["Soon?"], hasBranch: true, file: { text: `${path}\n` } });
    expect(after.file).toEqual(await world.ports.files.read(world.repository, path));
    expect(gone).toMatchObject({ issue: undefined, comments: [], hasBranch: true, file: undefined });
  });

  test("a comment that is known to be new is not looked for", async () => {
    const world = await makeWorld();
    const number = await world.opensIssue("ada", { title: "Two", body: "" });
    const at = { repository: world.repository, number };

    const id = await despiteLoss(world, "say", () =>
      world.ports.issues.say(at, { marker, body: `Hi.\n${marker}`, isNew: true }),
    );

    expect((await world.commentsOn(number)).map((comment) => comment.id)).toContain(id);
  });

  test("the open pull requests that close an issue are told, whoever opened them", async () => {
    const world = await makeWorld();
    const { snapshots, pullRequests } = world.ports;
    world.allow("bob", "write");
    const number = await world.opensIssue("ada", { title: "Two", body: "" });
    const open = async (branch: string, body: string) => {
      await world.pushes("bob", branch, { file: `${branch}.txt`, message: branch });
      return world.opensPullRequest("bob", { branch, title: branch, body });
    };
    const theirs = await open("one", `Fixes #${number}`);
    await open("two", `See #${number}`);
    await world.closesPullRequest("bob", await open("three", `Closes #${number}`));
    await world.mergesPullRequest("ada", await open("four", `Resolves #${number}`));
    await published(world, order.branch);
    const ours = await pullRequests.open(world.repository, { ...order, body: `Closes #${number}` });

    const of = { branch: "main", path: "none" };
    const said = await snapshots.take({ repository: world.repository, number }, of);
    const gone = await snapshots.take({ repository: world.repository, number: 9_999 }, of);

    expect(said.closers).toEqual([
      { number: theirs, by: "bob" },
      { number: ours.number, by: world.botLogin },
    ]);
    expect(gone.closers).toEqual([]);
  });

  test("one comment says one thing, whoever remembers its id", async () => {
    const world = await makeWorld();
    const { issues } = world.ports;
    const number = await world.opensIssue("ada", { title: "Two", body: "" });
    const at = { repository: world.repository, number };

    const id = await issues.say(at, { marker, body: `Queued.\n${marker}` });
    const known = await issues.say(at, { marker, body: `Running.\n${marker}`, known: id });
    const sought = await issues.say(at, { marker, body: `Done.\n${marker}` });
    const other = await issues.say(at, { marker: "<!-- other -->", body: "Other.\n<!-- other -->" });

    expect([known, sought]).toEqual([id, id]);
    expect(await world.commentsOn(number)).toEqual([
      { id, author: world.botLogin, body: `Done.\n${marker}` },
      { id: other, author: world.botLogin, body: "Other.\n<!-- other -->" },
    ]);
  });

  test("a comment that was deleted is written anew", async () => {
    const world = await makeWorld();
    const number = await world.opensIssue("ada", { title: "Two", body: "" });
    const at = { repository: world.repository, number };
    const gone = await world.ports.issues.say(at, { marker, body: `Queued.\n${marker}` });
    await world.deletesComment(number, gone ?? 0);

    const anew = await world.ports.issues.say(at, { marker, body: `Running.\n${marker}`, known: gone });

    expect(anew).not.toBe(gone);
    expect((await world.commentsOn(number)).map(({ id }) => id)).toEqual([anew]);
  });

  test("a person's comment with our marker is not ours", async () => {
    const world = await makeWorld();
    const number = await world.opensIssue("ada", { title: "Two", body: "" });
    const theirs = await world.comments("mallory", number, `> ${marker}`);

    const ours = await world.ports.issues.say(
      { repository: world.repository, number },
      { marker, body: `Queued.\n${marker}` },
    );

    expect(ours).not.toBe(theirs);
    expect((await world.commentsOn(number)).map(({ author }) => author)).toEqual(["mallory", world.botLogin]);
  });

  test("a comment whose answer was lost is there once", async () => {
    const world = await makeWorld();
    const number = await world.opensIssue("ada", { title: "Two", body: "" });
    const at = { repository: world.repository, number };

    const id = await despiteLoss(world, "say", () =>
      world.ports.issues.say(at, { marker, body: `Hi.\n${marker}` }),
    );

    expect((await world.commentsOn(number)).map((comment) => comment.id)).toEqual([id]);
  });

  test("a reaction given twice is there once, on issues and on comments", async () => {
    const world = await makeWorld();
    const { issues } = world.ports;
    const number = await world.opensIssue("ada", { title: "Two", body: "" });
    const comment = await world.comments("ada", number, "/retry");
    const at = { repository: world.repository, number };

    for (const target of [at, at, { ...at, comment }, { ...at, comment }]) await issues.react(target, "eyes");
    await issues.react({ ...at, comment }, "confused");
    await issues.react({ ...at, comment: 999_999 }, "eyes");

    expect(await world.reactionsTo(number)).toEqual(["eyes"]);
    expect(await world.reactionsTo(number, comment)).toEqual(["eyes", "confused"]);
  });
}

function peopleContract(makeWorld: () => Promise<GitHubWorld>): void {
  test("people may do what the repository lets them, and strangers nothing", async () => {
    const world = await makeWorld();
    for (const permission of ["admin", "write", "read"] as const)
      world.allow(`the-${permission}`, permission);
    const ask = (login: string) => world.ports.people.permission(world.repository, login);

    const said = await Promise.all(["the-admin", "the-write", "the-read", "stranger", "evil[bot]"].map(ask));

    expect(said).toEqual(["admin", "write", "read", "none", "none"]);
  });

  test("a bot's login leads to its App, unless it is our own or nobody's", async () => {
    const world = await makeWorld();
    const id = world.makesApp("helper[bot]");
    const ask = (login: string) => world.ports.people.app(world.repository, login);

    const said = await Promise.all(
      ["helper[bot]", world.botLogin, "nobody-at-all[bot]", "helper", "../user[bot]"].map(ask),
    );

    expect(said).toEqual([id, undefined, undefined, undefined, undefined]);
  });
}

/** A commit of ours with this edit on the default branch, pointed to by a branch. */
async function published(world: GitHubWorld, branch: string, edit: Edit = { "two.txt": "two\n" }) {
  const { branches } = world.ports;
  const base = await world.base();
  const made = await world.change(edit);
  const commit = await branches.commit(world.repository, { ...made, parent: base.commit, message });
  const outcome = await branches.point(world.repository, { branch, commit: commit.commit, from: null });
  return { ...made, ...commit, base, outcome };
}

function branchesContract(makeWorld: () => Promise<GitHubWorld>): void {
  test("a branch that is not there has no head", async () => {
    const world = await makeWorld();

    expect(await world.ports.branches.head(world.repository, "agent/1-none")).toBeUndefined();
    expect(await world.ports.branches.head(world.repository, "agent")).toBeUndefined();
  });

  test("a commit of ours is on its branch with its tree, its signature and its task", async () => {
    const world = await makeWorld();

    const made = await published(world, "agent/2-two");

    expect(made.outcome).toBe("done");
    expect(await world.ports.branches.head(world.repository, "agent/2-two")).toEqual({
      commit: made.commit,
      tree: made.change.tree,
      verified: true,
      ours: { task: "task-1-2-1", attempt: 1 },
    });
    expect((await world.ports.branches.head(world.repository, "main"))?.commit).toBe(made.base.commit);
  });

  test("a person's commit is not ours, even under our trailers", async () => {
    const world = await makeWorld();
    world.allow("ada", "write");
    await published(world, "agent/2-two");

    const commit = await world.pushes("ada", "agent/2-two", { file: "three.txt", message });

    expect(await world.ports.branches.head(world.repository, "agent/2-two")).toMatchObject({
      commit,
      verified: false,
      ours: null,
    });
  });

  test("a file of the default branch is read as it is now, and what is not there is not", async () => {
    const { ports, repository, pushes } = await makeWorld();
    const read = () => ports.files.read(repository, ".github/drafthorse.yml");
    const before = await read();
    await pushes("ada", "next", { file: ".github/drafthorse.yml", message: "Elsewhere" });
    const elsewhere = await read();
    await pushes("ada", "main", { file: ".github/drafthorse.yml", message: "Configure" });

    const after = [await read(), await read()];

    expect([before, elsewhere]).toEqual([undefined, undefined]);
    expect(after[0]).toEqual({
      blob: expect.stringMatching(/^[0-9a-f]{40}$/),
      text: ".github/drafthorse.yml\n",
    });
    expect(after[1]).toEqual(after[0]);
    await pushes("ada", "main", { file: "other.txt", message: "Else" });
    expect(await read()).toEqual(after[0]);
  });

  test("a tree that is not the measured one is not committed", async () => {
    const world = await makeWorld();
    const base = await world.base();
    const { change, blob } = await world.change({ "two.txt": "two\n" });
    const wrong = { ...change, tree: "c".repeat(40) };

    const commit = world.ports.branches.commit(world.repository, {
      change: wrong,
      blob,
      parent: base.commit,
      message,
    });

    await expect(commit).rejects.toMatchObject({
      kind: "git",
      message: expect.stringContaining("c".repeat(40)),
    });
  });

  test("a branch is made once, moved only forward, and never over a person's commit", async () => {
    const world = await makeWorld();
    world.allow("ada", "write");
    const { branches } = world.ports;
    const first = await published(world, "agent/2-two");
    const more = await world.change({ "two.txt": "2\n" }, first);
    const second = await branches.commit(world.repository, { ...more, parent: first.commit, message });
    const move = (commit: string, from: string | null) =>
      branches.point(world.repository, { branch: "agent/2-two", commit, from });

    const again = await move(first.commit, null);
    const elsewhere = await move(second.commit, null);
    const forward = await move(second.commit, first.commit);
    const forwardAgain = await move(second.commit, first.commit);
    const back = await move(first.commit, second.commit).catch(({ kind }) => kind);
    const theirs = await world.pushes("ada", "agent/2-two", { file: "three.txt", message: "Three" });
    const over = await move(second.commit, first.commit);

    expect([again, elsewhere, forward, forwardAgain]).toEqual(["done", "moved", "done", "done"]);
    expect([back, over]).toEqual(["github", "moved"]);
    expect((await branches.head(world.repository, "agent/2-two"))?.commit).toBe(theirs);
  });

  test("a branch that was deleted is not made anew by a correction", async () => {
    const world = await makeWorld();
    const first = await published(world, "agent/2-two");
    await world.deletesBranch("ada", "agent/2-two");

    const outcome = await world.ports.branches.point(world.repository, {
      branch: "agent/2-two",
      commit: first.commit,
      from: first.commit,
    });

    expect(outcome).toBe("moved");
  });

  test("a branch outside agent/ is not ours to write", async () => {
    const world = await makeWorld();
    const { commit } = await world.base();
    const foreign = [
      "main",
      "agents/1-x",
      "agent/",
      "agent/../main",
      "agent/1-x.lock",
      "refs/heads/agent/1",
      "agent/1 2",
    ];

    const outcomes = foreign.map((branch) =>
      world.ports.branches.point(world.repository, { branch, commit, from: null }).catch(({ kind }) => kind),
    );

    expect(await Promise.all(outcomes)).toEqual(foreign.map(() => "bug"));
  });

  test("what a pull request brought is told commit by commit", async () => {
    const world = await makeWorld();
    const { branches } = world.ports;
    const branch = "agent/2-two";
    await published(world, branch);
    const pullRequest = await world.opensPullRequest("ada", { branch, title: "Two", body: "" });
    const ours = await branches.pulled(world.repository, pullRequest);
    await world.pushes("ada", branch, { file: "three.txt", message: "Three\n\nAgent-Task: task-1-2-1/1" });

    const both = await branches.pulled(world.repository, pullRequest);

    const mine = { task: "task-1-2-1", attempt: 1 };
    expect(ours).toEqual([mine]);
    expect(both).toEqual([mine, null]);
  });

  test("a branch is removed where it was, and nowhere else", async () => {
    const world = await makeWorld();
    const { branches } = world.ports;
    const branch = "agent/2-two";
    const made = await published(world, branch);

    const moved = await branches.remove(world.repository, { branch, commit: made.base.commit });
    const done = await branches.remove(world.repository, { branch, commit: made.commit });
    const again = await branches.remove(world.repository, { branch, commit: made.commit });
    const foreign = await branches
      .remove(world.repository, { branch: "main", commit: made.base.commit })
      .catch(({ kind }) => kind);

    expect([moved, done, again, foreign]).toEqual(["moved", "done", "done", "bug"]);
    expect(await branches.head(world.repository, branch)).toBeUndefined();
    expect(await branches.head(world.repository, "main")).toBeDefined();
  });

  test("moves whose answers were lost are made once", async () => {
    const world = await makeWorld();
    const { branches } = world.ports;
    const base = await world.base();
    const made = await world.change({ "two.txt": "two\n" });
    const first = await branches.commit(world.repository, { ...made, parent: base.commit, message });
    const more = await world.change({ "two.txt": "2\n" }, first);
    const second = await branches.commit(world.repository, { ...more, parent: first.commit, message });
    const branch = "agent/2-two";

    const created = await despiteLoss(world, "create branch", () =>
      branches.point(world.repository, { branch, commit: first.commit, from: null }),
    );
    const moved = await despiteLoss(world, "move branch", () =>
      branches.point(world.repository, { branch, commit: second.commit, from: first.commit }),
    );

    expect([created, moved]).toEqual(["done", "done"]);
    expect((await branches.head(world.repository, branch))?.commit).toBe(second.commit);
  });
}

const order = {
  ...{ branch: "agent/2-two", base: "main", title: "Two", body: `Two.\n${marker}` },
  draft: "prefer" as const,
};

function pullRequestsContract(makeWorld: () => Promise<GitHubWorld>): void {
  test("a pull request is opened as a draft, and found again by branch, marker and author", async () => {
    const world = await makeWorld();
    const { pullRequests } = world.ports;
    const { commit } = await published(world, order.branch);
    const of = { branch: order.branch, marker };

    const none = await pullRequests.find(world.repository, of);
    const opened = await pullRequests.open(world.repository, order);

    expect(none).toBeUndefined();
    expect(opened).toMatchObject({ draft: true, state: "open", body: order.body, head: commit });
    expect(opened.url).toContain(`/pull/${opened.number}`);
    expect(await pullRequests.find(world.repository, of)).toEqual(opened);
    expect(await pullRequests.read(world.repository, opened.number)).toMatchObject(opened);
    expect(await pullRequests.find(world.repository, { ...of, marker: "<!-- other -->" })).toBeUndefined();
    expect(await pullRequests.find(world.repository, { ...of, branch: "agent/3-x" })).toBeUndefined();
    expect(await pullRequests.read(world.repository, 9_999)).toBeUndefined();
  });

  test("a person's pull request is not ours", async () => {
    const world = await makeWorld();
    world.allow("ada", "write");
    await published(world, order.branch);
    await world.opensPullRequest("ada", { branch: order.branch, title: "Mine", body: marker });

    const found = await world.ports.pullRequests.find(world.repository, { branch: order.branch, marker });

    expect(found).toBeUndefined();
    await expect(world.ports.pullRequests.open(world.repository, order)).rejects.toMatchObject({
      kind: "github",
    });
  });

  test("a pull request that is there already is the answer, as is one whose answer was lost", async () => {
    const world = await makeWorld();
    const { pullRequests } = world.ports;
    await published(world, order.branch);

    const first = await despiteLoss(world, "open", () => pullRequests.open(world.repository, order));
    const second = await pullRequests.open(world.repository, order);

    expect(second.number).toBe(first.number);
    expect(await world.pullRequestTitles()).toEqual(["Two"]);
  });

  test("where drafts are refused the title says so", async () => {
    const world = await makeWorld();
    world.refuseDrafts();
    await published(world, order.branch);

    const opened = await world.ports.pullRequests.open(world.repository, order);

    expect(opened.draft).toBe(false);
    expect(await world.pullRequestTitles()).toEqual(["[draft] Two"]);
  });

  test("where drafts are refused and required nothing is opened", async () => {
    const world = await makeWorld();
    world.refuseDrafts();
    await published(world, order.branch);

    const opened = world.ports.pullRequests.open(world.repository, { ...order, draft: "require" });

    await expect(opened).rejects.toMatchObject({
      kind: "rules",
      message: expect.stringContaining("refuses draft"),
    });
    expect(await world.pullRequestTitles()).toEqual([]);
  });

  test("a body is rewritten, and what people did is seen", async () => {
    const world = await makeWorld();
    const { pullRequests } = world.ports;
    await published(world, order.branch);
    await published(world, "agent/3-three", { "three.txt": "three\n" });
    const { number } = await pullRequests.open(world.repository, order);
    const other = await pullRequests.open(world.repository, { ...order, branch: "agent/3-three" });

    await pullRequests.rewrite(world.repository, number, `Anew.\n${marker}`);
    await world.closesPullRequest("ada", number);
    await world.mergesPullRequest("ada", other.number);

    expect(await pullRequests.read(world.repository, number)).toMatchObject({
      body: `Anew.\n${marker}`,
      state: "closed",
    });
    expect(await pullRequests.find(world.repository, { branch: order.branch, marker })).toMatchObject({
      number,
    });
    expect((await pullRequests.read(world.repository, other.number))?.state).toBe("merged");
  });

  test("notes are what people wrote in reviews and on lines, oldest first", async () => {
    const world = await makeWorld();
    await published(world, order.branch);
    const { number } = await world.ports.pullRequests.open(world.repository, order);

    await world.reviews("ada", number, { body: "Too terse.", path: "two.txt", comment: "Why two?" });
    await world.reviews("bob", number, { body: "" });
    await world.reviews("bob", number, { body: "I agree." });

    const told = await world.ports.pullRequests.notes(world.repository, number);
    expect(told?.pull).toMatchObject({ number, isOurs: true, state: "open" });
    expect(told?.notes).toEqual([
      { by: "ada", path: null, line: null, text: "Too terse." },
      { by: "ada", path: "two.txt", line: 1, text: "Why two?" },
      { by: "bob", path: null, line: null, text: "I agree." },
    ]);
  });
}

function checkRunsContract(makeWorld: () => Promise<GitHubWorld>): void {
  const check = (head: string) => ({
    name: "drafthorse/validation",
    head,
    externalId: "task-1-2-1-attempt-1",
    conclusion: "failure" as const,
    title: "npm test: exit code 1",
    summary: "Failed.",
    text: "1 failed",
  });

  test("a check run is written once for its name and external id, and then updated", async () => {
    const world = await makeWorld();
    const { commit } = await world.base();
    const { checkRuns } = world.ports;
    const report = check(commit);

    await checkRuns.report(world.repository, [report]);
    await checkRuns.report(world.repository, [{ ...report, conclusion: "success", text: "0 failed" }]);
    await checkRuns.report(world.repository, [{ ...report, externalId: "task-1-2-1-attempt-2" }]);
    await checkRuns.report(world.repository, [{ ...report, name: "drafthorse/scope" }]);

    const { name, externalId } = report;
    expect(await world.checkRunsOf(commit)).toEqual([
      { name, externalId, conclusion: "success", text: "0 failed" },
      { name, externalId: "task-1-2-1-attempt-2", conclusion: "failure", text: "1 failed" },
      { name: "drafthorse/scope", externalId, conclusion: "failure", text: "1 failed" },
    ]);
  });

  test("a check run whose answer was lost is there once", async () => {
    const world = await makeWorld();
    const { commit } = await world.base();

    await despiteLoss(world, "report", () => world.ports.checkRuns.report(world.repository, [check(commit)]));

    expect(await world.checkRunsOf(commit)).toHaveLength(1);
  });

  test.each([[undefined], ["report all"]] as const)(
    "several check runs at once are there once each, whatever answer is lost: %s",
    async (lost) => {
      const world = await makeWorld();
      const { repository, ports } = world;
      const { commit } = await world.base();
      const checks = ["validation", "scope", "approval"].map((name) => ({
        ...check(commit),
        name,
        among: [],
      }));
      const number = await world.opensIssue("ada", { title: "Two", body: "" });
      await ports.snapshots.take({ repository, number }, { branch: "main", path: "none" });

      if (lost) world.loseNext(lost);
      await ports.checkRuns.report(repository, checks).catch(() => undefined);
      await ports.checkRuns.report(
        repository,
        checks.map((one) => ({ ...one, among: undefined, text: "2 failed" })),
      );

      const runs = await world.checkRunsOf(commit);
      expect(runs.map(({ name, text }) => `${name} ${text}`).sort()).toEqual(
        checks.map(({ name }) => `${name} 2 failed`).sort(),
      );
    },
  );

  test("a text that GitHub would refuse is cut", async () => {
    const world = await makeWorld();
    const { commit } = await world.base();

    await world.ports.checkRuns.report(world.repository, [{ ...check(commit), text: "😀".repeat(40_000) }]);

    const [run] = await world.checkRunsOf(commit);
    expect(run?.text.length).toBeLessThanOrEqual(65_535);
    expect(run?.text.endsWith("😀…")).toBe(true);
  });
}
