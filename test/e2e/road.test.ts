import { describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { mend, shorter } from "./mend.ts";
import type { Town } from "./town.ts";
import { townWith } from "./town-with.ts";
import { verifyPull } from "./verify-pull.ts";

/** The agents of these stories, each told by the title of its task. */
const turns = [
  {
    when: "# Task: Mend later[^]*## The validation is red[^]*hello-world",
    steps: mend?.steps ?? [],
  },
  { when: "## The validation is red", steps: [{ say: "Done. All tests pass and everything is verified." }] },
  {
    when: "# Task: (Lie|Mend later)",
    steps: [
      { replace: { path: "src/slugify.js", from: "title.toLowerCase()", to: "title.toUpperCase()" } },
      { say: "Done. All tests pass and everything is verified." },
    ],
  },
  { when: "# Task: Idle", steps: [{ say: "I could not find anything to do." }] },
  {
    when: "# Task: Refuse",
    steps: [{ write: { path: "half.txt", text: "half done\n" } }, { stop: "refusal" }],
  },
  {
    when: "# Task: Escape",
    steps: [{ run: { command: "ln -s /etc/passwd leak && ln -s ../../.. up" } }, { say: "Linked." }],
  },
  {
    when: "# Task: Nest",
    steps: [
      {
        run: {
          command:
            "git init -q lib && cd lib && echo x > x && git add x && git -c user.name=a -c user.email=a@b commit -qm x",
        },
      },
    ],
  },
  {
    when: "# Task: Modes",
    steps: [
      {
        run: {
          command:
            "printf '#!/bin/sh\\n' > run.sh && chmod +x run.sh && ln -s src/slugify.js alias.js && printf '\\000\\377\\001' > blob.bin && rm README.md && mkdir -p 'a b/ü' && echo x > 'a b/ü/ñ.txt'",
        },
      },
      ...(mend?.steps ?? []),
    ],
  },
  { when: "# Task: Wait", steps: [{ write: { path: "begun.txt", text: "begun\n" } }] },
  ...(shorter && mend ? [shorter, mend] : []),
] as Parameters<typeof Town.found>[0];

describe("the road", () => {
  const town = townWith(turns);

  test("a labelled issue becomes a proved draft PR, one retry corrects it, a second is refused", async () => {
    const { double, repository } = town();
    const ada = double.github.as("ada");

    const opened = await town().delegate({ title: "Keep digits" });
    const status = await town().sees(opened, "Draft pull request open");

    const pull = town().pull(opened);
    const first = pull.pull.headSha;
    expect(pull.pull.draft).toBe(true);
    expect(pull.body).toContain("## Verdict: passed");
    expect(status).toContain(`#${pull.number}`);
    expect(town().checkRun(pull)).toMatchObject({ name: "drafthorse/validation", conclusion: "success" });
    expect(town().evidence(pull).tree).toBe(await double.github.treeOf(repository, first));
    expect(town().evidence(pull).baseline?.exit.exitCode).toBe(1);
    expect(
      town()
        .issue(opened)
        .reactions.map(({ content }) => content),
    ).toEqual(["eyes"]);

    const checked = await verifyPull(double, { repository, number: pull.number });
    expect(checked.stdout).toMatch(/✓ pull request: .*\n(.*\n)*✓ signature: .*\n(.*\n)*✓ signed evidence: /);
    expect(checked.stdout).toMatch(/only said: check run: drafthorse\/validation was written by the App `/);
    expect(checked.stdout).not.toMatch(/^✗/m);
    expect(checked.exitCode).toBe(0);

    await double.github
      .as("ada")
      .edits({ repository, number: pull.number }, { body: `Note to self.\n\n${pull.body}` });
    await double.github.as("wil").reviews(
      { repository, number: pull.number },
      {
        state: "CHANGES_REQUESTED",
        body: "One line would do.",
        comments: [{ path: "src/slugify.js", line: 2, body: "Use match." }],
      },
    );
    const retry = await ada.comments({ repository, number: pull.number }, "/retry make it shorter");
    await town().until(
      () => town().pull(opened).pull.headSha !== first && /Attempt 2: verdict/.test(town().status(opened)),
      () => `there is no second commit:\n${town().status(opened)}`,
    );

    const body = town().pull(opened).body ?? "";
    expect(body).toMatch(/^Note to self\./);
    expect(body).toMatch(/\| 1 \| .*\| passed \|.*\n\| 2 \| .*\| passed \|/);
    expect(body).toContain("The one correction is used");
    expect(
      town()
        .pull(opened)
        .comments.map(({ author }) => author.login),
    ).toEqual(["ada"]);

    const commands = double.effects.list("commit.created").length;
    await ada.comments({ repository, number: pull.number }, "/retry once more");
    await town().until(
      () =>
        town()
          .pull(opened)
          .comments.some(({ body }) => /refused/.test(body)),
      () => "no refusal",
    );
    await double.github.settled();
    expect(double.effects.list("commit.created").length).toBe(commands);
    const comments = town().issue({ ...opened, number: pull.number }).comments;
    expect(comments.find(({ id }) => id === retry)?.reactions.map(({ content }) => content)).toEqual([
      "eyes",
    ]);
    expect(comments.filter(({ author }) => author.type === "Bot")).toHaveLength(1);
  });

  test("an agent that lies is told by the exit code, and the PR never says passed", async () => {
    const opened = await town().delegate({ title: "Lie" });
    await town().sees(opened, "Draft pull request open");

    const pull = town().pull(opened);
    const measured = (pull.body ?? "").replace(/What the agent says of its work.*?<\/details>/s, "");
    expect(measured).toContain("## Verdict: failed");
    expect(measured).toContain("words are joined by hyphens");
    // The criterion says so too, in quotes and beside what was found for it.
    expect(measured.replaceAll("“All tests pass”: not evidenced", "")).not.toMatch(
      /Verdict: passed|All tests pass/,
    );
    expect(town().checkRun(pull)).toMatchObject({
      conclusion: "failure",
      title: expect.stringMatching(/^exit code 1; .* 3 failed \(log: TAP\)$/),
    });
    expect(town().status(opened)).not.toMatch(/\bpassed\b/);
  });

  test("an agent whose work is red is told so, and the PR shows the repair", async () => {
    const opened = await town().delegate({ title: "Mend later" });
    const status = await town().sees(opened, "Draft pull request open");

    const pull = town().pull(opened);
    expect(pull.body).toContain("## Verdict: passed");
    expect(pull.body).toMatch(/Repairs in attempt 1: red \(exit code 1\) .*, then green/);
    expect(status).toContain("1 repair");
    const { agent, validation } = town().evidence(pull);
    expect(agent.legs?.map((leg) => leg.validation?.exitCode)).toEqual([1, 0]);
    expect(agent.legs?.at(-1)?.tree).toBe(validation?.tree);
  });

  test("an agent that changes nothing leaves no branch and no PR", async () => {
    const opened = await town().delegate({ title: "Idle" });
    const status = await town().sees(opened, "nothing changed");

    expect(() => town().pull(opened)).toThrow("0 pull requests");
    expect(
      town()
        .double.effects.list("ref.created")
        .some(({ subject }) => String(subject).includes("idle")),
    ).toBe(false);
    expect(status).toContain("I could not find anything to do.");
  });

  test("an attempt that was cut short still opens its draft PR, marked incomplete", async () => {
    const opened = await town().delegate({ title: "Refuse" });
    await town().sees(opened, "Draft pull request open");

    expect(town().pull(opened).body).toContain("## Verdict: incomplete");
  });

  test("links that lead out of the tree are taken out, and nothing else was left", async () => {
    const opened = await town().delegate({ title: "Escape" });
    const status = await town().sees(opened, "nothing changed");

    expect(status).toContain("Nothing of what the agent left may be published.");
    expect(status).toContain("`leak` (a link that leads out), `up` (a link that leads out)");
    expect(status).toMatch(/`task-\d+-\d+-1\/trimmed-1\.patch`/);
    expect(() => town().pull(opened)).toThrow("0 pull requests");
  });

  test("a repository within the repository is withheld, and the work is kept", async () => {
    const opened = await town().delegate({ title: "Nest" });
    const status = await town().sees(opened, "Withheld");

    expect(status).toMatch(/"lib" is a git repository of its own/);
    expect(status).toMatch(/artefact `task-\d+-\d+-1\/change-1\.pack`/);
    expect(() => town().pull(opened)).toThrow("0 pull requests");
  });

  test("GitHub's own description of its API was kept to, request by request", async () => {
    expect(await town().double.violations()).toEqual([]);
  });
});

// An installation of its own: GitHub's limit of writes in a minute, which the App keeps, would make these stories wait.
describe("the road, begun, ended and begun again", () => {
  const town = townWith(turns);

  test("modes, links, binaries, deletions and odd names are published as they are", async () => {
    const { double, repository } = town();
    const opened = await town().delegate({ title: "Modes" });
    await town().sees(opened, "Draft pull request open");

    const pull = town().pull(opened);
    const evidence = town().evidence(pull);
    expect(evidence.tree).toBe(await double.github.treeOf(repository, pull.pull.headSha));
    expect(evidence.files.map(({ path, after }) => [path, after?.mode ?? null])).toEqual([
      ["README.md", null],
      ["a b/ü/ñ.txt", "100644"],
      ["alias.js", "120000"],
      ["blob.bin", "100644"],
      ["run.sh", "100755"],
      ["src/slugify.js", "100644"],
    ]);
  });

  test("a brief without a validation command gets one comment that names it, and starts once it is mended", async () => {
    const { double } = town();
    const body = story.body.replace(/### Validation command.*?```\n\n/s, "");
    const opened = await town().delegate({ title: "Mend me", body });
    const status = await town().sees(opened, "incomplete");

    expect(status).toMatch(/Validation command/);
    expect(town().issue(opened).comments).toHaveLength(1);
    expect(town().issue(opened).reactions).toEqual([]);

    await double.github.as("rea").edits(opened, { body: story.body });
    await double.github.settled();
    expect(town().status(opened)).toContain("incomplete");

    await double.github.as("ada").edits(opened, { body: `${story.body}\n` });
    await town().sees(opened, "Draft pull request open");
    expect(town().issue(opened).comments).toHaveLength(1);
  });

  test.each(["tom", "rea", "eve"])("%s may not ask: a reaction, no comment, nothing starts", async (by) => {
    const opened = await town().delegate({ title: `Asked by ${by}`, by });
    await town().until(
      () => town().issue(opened).reactions.length > 0,
      () => "no reaction",
    );

    expect(
      town()
        .issue(opened)
        .reactions.map(({ content }) => content),
    ).toEqual(["confused"]);
    expect(town().issue(opened).comments).toEqual([]);
  });

  test("an attempt cancelled during its validation stops, and its work is on a branch without a PR", async () => {
    const { double } = town();
    // Endless on the change alone: the base is tried before the agent.
    const endless = "node -e \"if (fs.existsSync('begun.txt')) setTimeout(() => {}, 600000)\"";
    const body = story.body.replace("npm test", endless);
    const opened = await town().delegate({ title: "Wait", body });
    await town().until(
      () =>
        town().log.some(
          ({ step, msg, task }) =>
            step === "validated" && msg === "step begun" && task?.issueNumber === opened.number,
        ),
      () => "the validation never began",
    );

    await double.github.as("ada").comments(opened, "/cancel");
    const status = await town().sees(opened, "Cancelled");

    expect(() => town().pull(opened)).toThrow("0 pull requests");
    expect(status).toContain(`The work is on the branch [\`agent/${opened.number}-wait\`]`);
  });

  test("a closed PR ends the task, and the label again begins a new round on a branch of its own", async () => {
    const { double, repository } = town();
    const opened = await town().delegate({ title: "Again" });
    await town().sees(opened, "Draft pull request open");
    const pull = town().pull(opened);

    await double.github.as("ada").closes({ repository, number: pull.number });
    await town().sees(opened, "pull request was closed");
    await double.github.as("ada").unlabels(opened, "agent-task");
    await double.github.as("ada").labels(opened, "agent-task");
    await town().until(
      () =>
        town()
          .issue(opened)
          .comments.some(({ body }) => /\/2 -->/.test(body) && /Draft pull request open/.test(body)),
      () => "the second round was not proposed",
    );

    const heads = double.github.pullRequests(repository).map((one) => one.pull?.head);
    expect(heads).toContain(`agent/${opened.number}-again`);
    expect(heads).toContain(`agent/${opened.number}-again-2`);
  });

  test("a base branch that does not exist is named with its repair", async () => {
    const body = `${story.body}\n### Base branch\n\n\`nowhere\`\n`;
    const opened = await town().delegate({ title: "Base", body });
    const status = await town().sees(opened, "The brief is incomplete");

    expect(status).toMatch(/Line \d+: The repository has no branch .*nowhere/);
  });

  test("GitHub's own description of its API was kept to, request by request", async () => {
    expect(await town().double.violations()).toEqual([]);
  });
});
