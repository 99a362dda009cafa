import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type CheckedDouble, startCheckedDouble } from "../../openapi/recorder.ts";
import { startServer } from "../../support/http-server.ts";
import { doubleWorld } from "./double-world.ts";
import { type Scripted, scriptedApi, repository as someRepository } from "./scripted-api.ts";

let double: CheckedDouble;
let scratch: string;

beforeAll(async () => {
  double = await startCheckedDouble();
  scratch = await mkdtemp(join(tmpdir(), "github-"));
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  await rm(scratch, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

test("threads that nobody resolved and reviews that stand are read; ours, resolved and dismissed ones are not", async () => {
  const { github, repository, name, pushes, opensPullRequest } = await doubleWorld(double, scratch);
  await pushes("ada", "topic", { file: "a.txt", message: "A" });
  await pushes("ada", "topic", { file: "b.txt", message: "B" });
  const number = await opensPullRequest("eve", { branch: "topic", title: "A", body: "" });
  const at = { repository: name, number };
  const ada = double.github.as("ada");
  const line = (path: string, body: string) => ({ path, line: 1, body });
  await ada.reviews(at, { state: "COMMENTED", comments: [line("a.txt", "Open."), line("b.txt", "Done.")] });
  await ada.resolves(at, { path: "b.txt", line: 1 });
  const gone = await ada.reviews(at, { state: "CHANGES_REQUESTED", body: "No." });
  await ada.dismisses(at, gone);
  await ada.reviews(at, { state: "CHANGES_REQUESTED", body: "Not yet." });
  await double.github.as(`${double.app.slug}[bot]`).reviews(at, { state: "COMMENTED", body: "Ours." });

  const { notes = [] } = (await github.pullRequests.notes(repository, number)) ?? {};

  expect(notes).toHaveLength(2);
  expect(notes).toContainEqual({ by: "ada", path: "a.txt", line: 1, text: "Open." });
  expect(notes).toContainEqual({
    by: "ada",
    path: null,
    line: null,
    text: "Not yet.",
    requestsChanges: true,
  });
});

test("whether a check of others failed on the head is told with what people said", async () => {
  const { github, repository, name, pushes, opensPullRequest } = await doubleWorld(double, scratch);
  const head = await pushes("ada", "topic", { file: "a.txt", message: "A" });
  const number = await opensPullRequest("eve", { branch: "topic", title: "A", body: "" });
  const hasFailed = async () => (await github.pullRequests.notes(repository, number))?.hasFailedChecks;
  const actions = double.github.as("github-actions[bot]");
  const texts = { title: "", summary: "", text: "" };
  await github.checkRuns.report(repository, [
    { name: "drafthorse/validation", head, externalId: "1", conclusion: "failure", ...texts },
  ]);
  await actions.endsJob(name, { name: "fine", head, conclusion: "success", log: "ok 1" });

  expect(await hasFailed()).toBe(false);
  await actions.endsJob(name, { name: "test", head, conclusion: "failure", log: "not ok 1" });
  expect(await hasFailed()).toBe(true);
});

test("a failed check of our own is not read", async () => {
  const { github, repository, base } = await doubleWorld(double, scratch);
  const { commit: head } = await base();
  const texts = { title: "", summary: "", text: "" };
  const check = {
    name: "drafthorse/validation",
    head,
    externalId: "1",
    conclusion: "failure",
    ...texts,
  } as const;
  await github.checkRuns.report(repository, [check]);

  expect(await github.checkRuns.failed(repository, head)).toEqual([]);
});

test("of a failed check of others its page and its failure notes are read", async () => {
  const output = { title: "1 error", summary: "lint failed", text: null, annotations_count: 2 };
  const run = { id: 5, name: "lint", conclusion: "failure", output, app: { id: 99 } };
  const others = [
    { ...run, id: 6, name: "fine", conclusion: "success" },
    { ...run, id: 7, name: "ours", app: { id: 1 } },
  ];
  const notes = [
    { path: "a.js", start_line: 3, annotation_level: "failure", message: "unused" },
    { path: "a.js", start_line: 4, annotation_level: "notice", message: "by the way" },
  ];
  const api = await scriptedApi(({ path }) => ({
    status: 200,
    body: path.endsWith("/annotations") ? notes : { check_runs: [run, ...others] },
  }));

  const failed = await api.github.checkRuns.failed(someRepository, "a".repeat(40));
  await api.close();

  const said = "1 error\nlint failed\na.js:3: unused";
  expect(failed).toEqual([{ name: "lint", conclusion: "failure", output: said }]);
});

test("a job of a workflow is read with its log where the App may, and says so where it may not", async () => {
  const { github, repository, name, base } = await doubleWorld(double, scratch);
  const { commit: head } = await base();
  const log = "2026-11-28T05:00:00.0000000Z not ok 3";
  await double.github
    .as("github-actions[bot]")
    .endsJob(name, { name: "test", head, conclusion: "failure", log });

  const [unread] = await github.checkRuns.failed(repository, head);
  double.github.grantsApp(name, { actions: "read" });
  const read = await github.checkRuns.failed(repository, head);

  expect(unread?.output).toMatch(/^\(Its log was not read: .*`actions: read`/);
  expect(read).toEqual([{ name: "test", conclusion: "failure", output: "not ok 3" }]);
});

describe("the log of a failed job of GitHub Actions", () => {
  const output = { title: null, summary: null, text: null, annotations_count: 0 };
  const run = { id: 5, name: "test", conclusion: "failure", output, app: { id: 99, slug: "github-actions" } };

  /** What is read of the job where its log is answered so. */
  async function read(answer: Scripted): Promise<string | undefined> {
    const api = await scriptedApi(({ path }) =>
      path.endsWith("/logs") ? answer : { status: 200, body: { check_runs: [run] } },
    );
    const failed = await api.github.checkRuns.failed(someRepository, "a".repeat(40));
    await api.close();
    return failed[0]?.output;
  }

  test("is read to its last error, from where GitHub keeps it, and without our token", async () => {
    const lines = [
      "old",
      "\u001b[31mnot ok 3\u001b[0m",
      "##[error]Process completed with exit code 1.",
      "Post job",
    ];
    const log = lines.map((line) => `2026-11-28T05:00:00.0000000Z ${line}\r\n`).join("");
    const store = await startServer((_, response) => response.end(`${"x".repeat(900_000)}\n${log}`));

    const said = await read({ status: 302, headers: { location: `${store.url}/log.txt` } });
    await store.close();

    expect(said).toMatch(/old\nnot ok 3\n##\[error\]Process completed with exit code 1\.$/);
    expect(said?.length).toBe(3_000);
    expect(store.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test.each<[string, Scripted, string]>([
    ["that we may not read", { status: 403 }, "lacks the optional permission `actions: read`"],
    ["that is gone", { status: 410 }, "does not keep its log any more"],
    [
      "that nobody sends",
      { status: 302, headers: { location: "http://127.0.0.1:1/" } },
      "could not be fetched",
    ],
  ])("%s is said to be unread", async (_, answer, words) => {
    expect(await read(answer)).toContain(words);
  });
});
