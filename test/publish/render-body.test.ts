import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { Evidence } from "../../src/domain/evidence/evidence.ts";
import { renderBody } from "../../src/publish/render-body.ts";
import { renderStatus } from "../../src/publish/render-status.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";
import { aBrief, anAttempt, aTask } from "../fixtures/tasks.ts";
import { caseCount } from "../support/cases.ts";

/** What is left when the links that we make to a place in the change are taken for what they show. */
const withoutOurLinks = (shown: string): string =>
  shown.replace(/<a href="\.\.\/blob\/[0-9a-f]{40}\/[^"]*">(.*?)<\/a>/gs, "$1");

const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** 100,000 by hand: `RENDER_CASES=100000 npm test -- render-body`. */
const cases = Number(process.env.RENDER_CASES ?? caseCount(100));

describe("the body of the pull request", () => {
  test("of an attempt that passed", () => {
    const evidence = someEvidence();
    const attempt = anAttempt({
      agent: evidence.agent,
      evidence: { artefact: "x", sha256: "e".repeat(64), verdict: "passed" },
      commit: { commit: "c".repeat(40), tree: evidence.tree, verified: true },
    });

    expect(
      renderBody({ task: aTask({ state: "proposed", attempts: [attempt] }), evidence }),
    ).toMatchSnapshot();
  });

  test("of an attempt whose validation is flaky, with every run and what the logs say", () => {
    const counts = { passed: 411, failed: 1, skipped: 2, whole: true };
    const jest = { ...counts, source: { kind: "log" as const, names: ["jest"] } };
    const files = { kind: "JUnit" as const, names: ["build/test-results/test"], files: 12 };
    const reported = { ...counts, source: files };
    const red = { ...aMeasurement({ exitCode: 1 }), counts: jest, reported };
    const earlier = { task: "task-1001-9-1", at: "2026-11-21T09:00:00.000Z" };

    const body = renderBody({
      task: aTask(),
      evidence: someEvidence({
        validation: red,
        validationAgain: { ...aMeasurement(), log: "task-1001-12-1/validation-again-1.log" },
        baseline: { ...red, earlier },
        baselineAgain: { ...red, earlier },
        proofOfTest: red,
        verdict: "needs-attention",
      }),
    });

    expect(body.slice(body.indexOf("What ran"), body.indexOf("Attempts: 1"))).toMatchSnapshot();
  });

  test("says in its first sentence that nothing shows the change, and not once more in a list", () => {
    const line = "nothing: the base is green, and no test was added or changed";
    const checks: Evidence["checks"] = [
      ...someEvidence().checks,
      { name: "shown", status: "attention", line, findings: [] },
    ];

    const body = renderBody({
      task: aTask(),
      evidence: someEvidence({ checks, verdict: "needs-attention" }),
    });

    expect(body).toContain(
      "## Verdict: needs-attention ⚠️\n\n`npm test` passes here, and shows nothing: the base is green, and no test was added or changed; 1 file.\n",
    );
    expect(body).not.toContain("Needs a human's eye");
  });

  test("names each of several commands with its exit code, and those that were not run", () => {
    const ended = { signal: null, endedBy: "itself" as const, durationMs: 1_200 };
    const validation = {
      ...aMeasurement({ exitCode: 2 }),
      command: "npm run build\nnpm run lint\nnpm test -- 'a|b'",
      commands: [
        { ...ended, command: "npm run build", exitCode: 0 },
        { ...ended, command: "npm run lint", exitCode: 2 },
      ],
    };

    const body = renderBody({ task: aTask(), evidence: someEvidence({ validation }) });

    expect(body).toContain("\n`npm run build`, then `npm run lint`, then `npm test -- 'a|b'`\n");
    expect(body).toContain(
      [
        "| after, by command | exit | seconds |",
        "| --- | --- | --- |",
        "| `npm run build` | `0` | 1.2 |",
        "| `npm run lint` | `2` | 1.2 |",
        "| `npm test -- 'a\\|b'` | not run |  |",
      ].join("\n"),
    );
  });

  test("without evidence claims nothing", () => {
    const body = renderBody({ task: aTask(), evidence: undefined });

    expect(body).toContain("Verdict: not measured");
    expect(body).not.toMatch(/✅|passed/);
  });

  test("says where nothing was sandboxed", () => {
    const evidence = someEvidence();

    const body = renderBody({
      task: aTask(),
      evidence: { ...evidence, agent: { ...evidence.agent, sandbox: "none" } },
    });

    expect(body.slice(0, 1_500)).toContain("**not sandboxed**");
  });

  test("shows each criterion in its own words with what was found for it, and ticks none", () => {
    const findings = [
      {
        ...{ criterion: "AC-1", path: "test/a.test.ts" },
        message: 'AC-1: the named test "digits stay" exists in the change',
      },
      { criterion: "AC-2", message: "AC-2: not evidenced: the agent named no file" },
    ];
    const doneWhen = [
      { id: "AC-1", text: "Digits stay" },
      { id: "AC-2", text: "The guide says so" },
    ];
    const checks = [{ name: "criteria" as const, status: "not measured" as const, line: "", findings }];
    const task = aTask({ brief: { brief: aBrief({ doneWhen }), sha256: "f".repeat(64) } });

    const body = renderBody({ task, evidence: someEvidence({ checks }) });

    expect(body).toContain(
      [
        "<details><summary>Done when: 0 of 2 shown by a test that fails without the change</summary>",
        "",
        '- **AC-1** “Digits stay”: the named test "digits stay" exists in the change (`test/a.test.ts`)',
        "- **AC-2** “The guide says so”: not evidenced: the agent named no file",
      ].join("\n"),
    );
    expect(body).not.toMatch(/✅ criteria|\*\*criteria\*\*/);
  });

  test("says of a correction under way that what is shown is about the commit before it", () => {
    const attempts = [anAttempt(), anAttempt({ number: 2 })];
    const path = (state: "correcting" | "proposed") =>
      renderBody({ task: aTask({ attempts, state }), evidence: someEvidence() });

    expect(path("correcting")).toContain(
      "wait. The one correction is under way, and what was measured is the commit before it",
    );
    expect(path("proposed")).toContain("The one correction is used");
  });

  test("says what a correction changed on top of the commit before it, and who asked for what", () => {
    const { base, tree, files } = someEvidence();
    const change = { base, tree, files, unpublishable: [], pack: "p" };
    const commit = { commit: "c".repeat(40), tree, verified: true };
    const feedback = { words: "shorter, @bob", notes: [] };
    const attempts = [anAttempt({ change, commit }), anAttempt({ number: 2, change, commit, feedback })];

    const body = renderBody({ task: aTask({ attempts }), evidence: someEvidence() });

    const lines = `../compare/${"c".repeat(40)}...${"c".repeat(40)}`;
    expect(body).toContain(
      `**Changed since attempt 1**: \`src/slugify.js\`, [the lines](${lines}). \`ada\` asked for “shorter, \`@bob\`”.`,
    );
  });

  test("names the failure of a correction and what to do about it", () => {
    const attempts = [
      anAttempt(),
      anAttempt({ number: 2, failure: { kind: "git", cause: "Somebody pushed." } }),
    ];

    expect(renderBody({ task: aTask({ attempts }), evidence: someEvidence() })).toContain(
      "> The last attempt failed (git): Somebody pushed. Check that the repository can be fetched",
    );
  });
});

describe("whatever an agent or a log says", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6_000 }),
    fc
      .array(
        fc.constantFrom(
          "```",
          "~~~~",
          "\n",
          "</details>",
          "<!-- drafthorse:end 1001/12/1 -->",
          "@ada ",
          "fixes #1 ",
          "\u202E",
          "|",
          "`",
          "<img src=x>",
          "[a](http://b)",
          "\u{E0041}",
          "\r\n",
        ),
        { maxLength: 4_000 },
      )
      .map((parts) => parts.join("")),
  );

  test("stays in its block, mentions and closes nothing, and fits", () => {
    fc.assert(
      fc.property(hostile, hostile, (log, words) => {
        const run = aMeasurement({
          log: { sha256: "b".repeat(64), bytes: log.length, head: log, tail: log },
        });
        const source = { kind: "JUnit" as const, names: [words.slice(0, 300)], files: 1 };
        const reported = { passed: 1, failed: 0, skipped: 0, whole: true, source };
        const evidence = someEvidence({ validation: { ...run, reported } });
        const agent = { ...evidence.agent, summary: words, name: words.slice(0, 200) };
        const ids = Array.from({ length: 20 }, (_, at) => `AC-${at + 1}`);
        const findings = ids.map((id) => ({
          ...{ criterion: id, path: log.slice(0, 200) },
          message: `${id}: ${words}`,
        }));
        const criteria = [{ name: "criteria" as const, status: "not measured" as const, line: "", findings }];
        const brief = aBrief({ doneWhen: ids.map((id) => ({ id, text: log })) });
        const task = aTask({ attempts: [anAttempt({ agent })], brief: { brief, sha256: "f".repeat(64) } });

        const body = renderBody({
          task,
          evidence: { ...evidence, agent, checks: [...evidence.checks, ...criteria] },
        });

        const shown = html(body).replace(/<code[^>]*>.*?<\/code>/gs, "");
        expect(body.length).toBeLessThanOrEqual(60_000);
        expect(shown.match(/<details>/g)?.length).toBe(shown.match(/<\/details>/g)?.length);
        expect(shown.match(/<!-- drafthorse:/g)).toHaveLength(2);
        expect(shown).not.toMatch(/<img|<a /);
        expect(shown.match(/(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #\d+/gi)).toEqual(["Closes #12"]);
      }),
      { numRuns: cases },
    );
  });

  test("of a file's name stays a name among the findings, in the patch and in the list", () => {
    fc.assert(
      fc.property(hostile, hostile, (name, text) => {
        const path = name.slice(0, 400);
        const finding = { path, line: 3, message: `touches \`${text.slice(0, 200)}\`` };
        const patch = { artefact: "x", sha256: "0".repeat(64), bytes: text.length, text };
        const paths = [{ path, why: "protected" as const, rule: text.slice(0, 100) }];
        const base = { ref: "main", commit: "1".repeat(40), tree: "2".repeat(40) };
        const trimmed = { paths, patch };
        const change = { base, tree: "3".repeat(40), files: [], unpublishable: [], pack: "p", trimmed };
        const commit = { commit: "c".repeat(40), tree: change.tree, verified: true };
        const checks = (["scope", "strays"] as const).map((check) => ({
          ...{ name: check, line: text.slice(0, 300), findings: Array.from({ length: 80 }, () => finding) },
          status: check === "scope" ? ("fail" as const) : ("pass" as const),
        }));
        const file = { path, before: null, after: { mode: "100644", id: "4".repeat(40), bytes: 1 } };
        const evidence = someEvidence({ checks, files: [file] });
        const published = aTask({ attempts: [anAttempt({ change, commit })] });
        const unpublished = aTask({ state: "ended: nothing-changed", attempts: [anAttempt({ change })] });

        const body = renderBody({ task: published, evidence });
        const status = renderStatus(unpublished, { label: "agent-task", ahead: 0, briefPart: "" });

        const shown = withoutOurLinks(html(body)).replace(/<code[^>]*>.*?<\/code>/gs, "");
        const told = html(status).replace(/<code[^>]*>.*?<\/code>/gs, "");
        expect(body.length).toBeLessThanOrEqual(60_000);
        expect(shown.match(/<details>/g)?.length).toBe(shown.match(/<\/details>/g)?.length);
        expect(shown.match(/<!-- drafthorse:/g)).toHaveLength(2);
        expect(told.match(/<!-- drafthorse:/g)).toHaveLength(1);
        expect(`${shown}${told}`).not.toMatch(/<img|<a |@ada/);
        expect(shown.match(/(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #\d+/gi)).toEqual(["Closes #12"]);
      }),
      { numRuns: cases },
    );
  });

  test("ten thousand files leave a body that a person can read", () => {
    const [file] = someEvidence().files;
    const files = Array.from({ length: 10_000 }, (_, n) => ({ ...file, path: `${"x/".repeat(2_000)}${n}` }));

    const body = renderBody({ task: aTask(), evidence: someEvidence({ files: files as never }) });

    expect(body.length).toBeLessThan(20_000);
    expect(body).toContain("- and 9950 more");
  });
});
