import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { script, issue as story } from "../../src/cli/demo/demo-story.ts";
import { Town } from "./town.ts";

const path = ".github/drafthorse.yml";

describe("the configuration of a repository", () => {
  const at: { town?: Town } = {};
  const town = (): Town => {
    if (!at.town) throw new Error("there is no town");
    return at.town;
  };
  const configure = (text: string): Promise<unknown> =>
    town()
      .double.github.as("ada")
      .pushes(town().repository, { branch: "main", files: { [path]: text }, message: "Configure" });
  beforeAll(async () => {
    at.town = await Town.found(script.turns as Parameters<typeof Town.found>[0]);
  });
  afterAll(async () => {
    await at.town?.close();
  });

  test("a script that the base does not have is named before anything is started", async () => {
    const body = story.body.replace("npm test", "npm run tset");
    const opened = await town().delegate({ title: "Script", body });
    const status = await town().sees(opened, "The brief is incomplete");

    expect(status).toMatch(/Line \d+: The validation command names the script .*tset/);
    expect(status).toMatch(/Name one that exists there such as .*test/);
  });

  test("a broken file is answered with its line, the task waits, and goes on when it is mended", async () => {
    await configure("reviewers: [ada]\nlimits:\n  minuts: 10\n");
    const opened = await town().delegate({ title: "Wait for it" });
    const held = await town().sees(opened, "Held");

    expect(held).toMatch(/drafthorse\.yml` on the default branch cannot be used/);
    expect(held).toMatch(/Line 3: .*minuts.* is not a key[^\n]*\n\s+\*Repair:\* Did you mean .*minutes/);
    expect(town().issue(opened).comments).toHaveLength(1);

    await configure("reviewers: [ada]\nlimits:\n  minutes: many\n");
    await town().sees(opened, /Line 3: .*limits\.minutes.*expected number/);

    await configure("reviewers: [ada]\nlimits:\n  minutes: 10\n");
    const status = await town().sees(opened, "Draft pull request open");

    expect(status).not.toContain("cannot be used");
    expect(town().issue(opened).comments).toHaveLength(1);
  });

  test("a second pull request for an issue is refused until the first is closed", async () => {
    const { double, repository } = town();
    await configure("duplicates: refuse\n");
    const wil = double.github.as("wil");
    const opened = await double.github.as("ada").opensIssue(repository, { ...story, title: "Twice" });
    await wil.pushes(repository, { branch: "quick-fix", files: { "quick.txt": "x\n" }, message: "Quick" });
    const theirs = await wil.opensPullRequest(repository, {
      ...{ head: "quick-fix", base: "main", title: "Quick fix" },
      body: `Fixes ${repository}#${opened.number}`,
    });

    await double.github.as("ada").labels(opened, "agent-task");
    const held = await town().sees(opened, "Held");
    await wil.closes(theirs);
    const status = await town().sees(opened, "Draft pull request open");

    expect(held).toContain(`**Hold** (duplicate): `);
    expect(held).toContain(`this issue already: #${theirs.number} by \`@wil\``);
    expect(status).not.toContain("already");
  });

  test("the label again takes up a task that was held, and the file's own label counts", async () => {
    const { double, repository } = town();
    await configure("label: robot\nnonsense: true\n");
    const opened = await double.github.as("ada").opensIssue(repository, { ...story, title: "Robot" });
    await double.github.as("ada").labels(opened, "robot");
    await town().sees(opened, "Held");
    await double.github.settled();

    await double.github.as("ada").unlabels(opened, "robot");
    await town().sees(opened, "Cancelled");
    await configure("label: robot\n");
    await double.github.as("ada").labels(opened, "robot");
    await town().until(
      () =>
        town()
          .issue(opened)
          .comments.some(({ body }) => /Draft pull request open/.test(body)),
      () => "the robot never came",
    );

    const other = await town().delegate({ title: "The old label means nothing now" });
    await double.github.settled();
    expect(town().issue(other).comments).toEqual([]);
    await configure("label: agent-task\n");
  });

  test("a command of an author without write access must be allowed by the file", async () => {
    const { double, repository } = town();
    await configure("validation: { allow: [npm run lint] }\n");
    const opened = await double.github.as("rea").opensIssue(repository, { ...story, title: "By Rea" });
    await double.github.as("ada").labels(opened, "agent-task");
    const status = await town().sees(opened, "incomplete");

    expect(status).toContain("is not among the commands that someone without write access may have run");
  });

  test("a repository that cannot be fetched for a moment loses no task", async () => {
    const { double, repository } = town();
    await configure("reviewers: [ada]\n");
    double.faults.failRequests({ method: "GET", path: `/${repository}.git/info/refs`, status: 500 });
    const opened = await town().delegate({ title: "Later" });

    await town().sees(opened, "cannot be fetched");
    await town().sees(opened, "Draft pull request open");
  });

  test("GitHub's own description of its API was kept to, request by request", async () => {
    expect(await town().double.violations()).toEqual([]);
  });
});
