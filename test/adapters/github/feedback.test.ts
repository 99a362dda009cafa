import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type CheckedDouble, startCheckedDouble } from "../../openapi/recorder.ts";
import { doubleWorld } from "./double-world.ts";
import { scriptedApi, repository as someRepository } from "./scripted-api.ts";

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

  const notes = await github.pullRequests.notes(repository, number);

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
  await github.checkRuns.report(repository, check);

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
