import { describe, expect, test } from "@jest/globals";
import type { ChangedFile, Trim } from "../../src/domain/evidence/change.ts";
import { defaultPolicy, type Policy } from "../../src/domain/rules/policy.ts";
import type { Boundary } from "../../src/domain/task/brief.ts";
import { checkApprovals } from "../../src/proof/checks/paths/check-approvals.ts";
import { checkProtected } from "../../src/proof/checks/paths/check-protected.ts";
import { checkSize } from "../../src/proof/checks/paths/check-size.ts";
import { checkStrays } from "../../src/proof/checks/paths/check-strays.ts";
import type { Grounds } from "../../src/proof/checks/paths/grounds.ts";
import { added, changed, deleted, moved } from "../fixtures/changes.ts";
import { aBrief } from "../fixtures/tasks.ts";

function grounds(
  files: ChangedFile[],
  boundary: Partial<Boundary> = {},
  policy: Partial<Policy> = {},
): Grounds {
  const whole = { reviewers: [], ask: [], never: [], ...boundary };
  return { brief: aBrief({ boundary: whole }), policy: { ...defaultPolicy, ...policy }, files };
}

const nothing: Trim = { paths: [], patch: null };
const noPaths = { ...defaultPolicy.paths, classes: { auth: [] } };

describe("approvals", () => {
  test.each<[string, Grounds, string, string, string[]]>([
    ["nothing asked for", grounds([changed("package.json")]), "pass", "Nothing has to be asked for.", []],
    [
      "nothing of it touched",
      grounds([changed("src/a.ts")], { ask: ["ci", "db/**"] }),
      "pass",
      "Nothing that has to be asked for is touched.",
      [],
    ],
    [
      "a class by its paths",
      grounds([changed("package.json"), changed("web/yarn.lock"), changed("src/a.ts")], {
        ask: ["dependencies"],
      }),
      "attention",
      "To be approved: dependencies (2)",
      ["package.json", "web/yarn.lock"],
    ],
    [
      "a class of any case",
      grounds([changed("src/Auth/a.ts")], { ask: ["auth"] }),
      "attention",
      "To be approved: auth (1)",
      ["src/Auth/a.ts"],
    ],
    [
      "a glob",
      grounds([changed("db/a.sql")], { ask: ["db/"] }),
      "attention",
      "To be approved: db/ (1)",
      ["db/a.sql"],
    ],
    [
      "both in the brief and in the configuration",
      grounds([changed("db/a.sql"), changed(".travis.yml")], { ask: ["db/**"] }, { approval: { ci: "ask" } }),
      "attention",
      "To be approved: db/** (1), ci (1)",
      ["db/a.sql", ".travis.yml"],
    ],
    [
      "a class that the configuration allows and the brief asks for",
      grounds([changed(".travis.yml")], { ask: ["ci"] }, { approval: { ci: "allow" } }),
      "attention",
      "To be approved: ci (1)",
      [".travis.yml"],
    ],
    [
      "a class that may never be touched anyway",
      grounds([changed("src/a.ts")], { ask: ["ci"] }, { approval: { ci: "never" } }),
      "pass",
      "Nothing has to be asked for.",
      [],
    ],
    [
      "a deletion",
      grounds([deleted("src/a.ts")], { ask: ["deletions"] }),
      "attention",
      "To be approved: deletions (1)",
      ["src/a.ts"],
    ],
    [
      "a move, which deletes nothing",
      grounds(moved("src/a.ts", "src/b.ts"), { ask: ["deletions"] }),
      "pass",
      "Nothing that has to be asked for is touched.",
      [],
    ],
  ])("%s", (_, given, status, line, paths) => {
    const check = checkApprovals(given);

    expect(check).toMatchObject({ name: "approvals", status, line });
    expect(check.findings.map(({ path }) => path)).toEqual(paths);
  });

  test("say what would approve, and what nobody could measure", () => {
    const given = grounds([changed(".travis.yml")], { ask: ["ci", "auth"] }, { paths: noPaths });

    expect(checkApprovals(given).findings).toEqual([
      { path: ".travis.yml", message: "touches `ci`; to be approved by `/approve ci`" },
      { message: "`auth` has no paths in the configuration, so nobody measured whether it is touched" },
    ]);
  });
});

describe("protected", () => {
  const trim: Trim = {
    paths: [
      { path: ".DS_Store", why: "stray", rule: "of the operating system" },
      { path: "CLAUDE.md", why: "protected", rule: "**/CLAUDE.md" },
      { path: ".travis.yml", why: "never", rule: "ci" },
      { path: "leak", why: "link", rule: "a link that leads out" },
    ],
    patch: { artefact: "task-1/trimmed-1.patch", sha256: "0".repeat(64), bytes: 3, text: "abc" },
  };

  test("is attention for what was put back, each with its reason and its patch", () => {
    expect(checkProtected(grounds([changed("src/a.ts")]), trim)).toEqual({
      name: "protected",
      status: "attention",
      line: "3 put back to the base, offered as a patch",
      findings: [
        {
          path: "CLAUDE.md",
          message: "put back to the base (protected: **/CLAUDE.md); the patch is `task-1/trimmed-1.patch`",
        },
        {
          path: ".travis.yml",
          message: "put back to the base (never to be touched: ci); the patch is `task-1/trimmed-1.patch`",
        },
        {
          path: "leak",
          message:
            "put back to the base (a link that leads out of the repository); the patch is `task-1/trimmed-1.patch`",
        },
      ],
    });
  });

  test.each<[string, Grounds, string, string]>([
    ["nothing", grounds([changed("src/a.ts")]), "pass", "No protected path is touched."],
    ["a deletion", grounds([deleted("src/a.ts")], { never: ["deletions"] }), "fail", "1 cannot be put back"],
    ["a move", grounds(moved("a", "b"), { never: ["deletions"] }), "pass", "No protected path is touched."],
    [
      "an unmeasured class",
      grounds([changed("a")], { never: ["auth"] }, { paths: noPaths }),
      "attention",
      "No protected path is touched.",
    ],
    ["a commit of somebody else", grounds([changed("CLAUDE.md")]), "attention", "1 changed by somebody else"],
    [
      "the same of a never glob",
      grounds([changed("db/x")], { never: ["db/**"] }),
      "attention",
      "1 changed by somebody else",
    ],
  ])("is measured with %s", (_, given, status, line) => {
    expect(checkProtected(given, nothing)).toMatchObject({ name: "protected", status, line });
  });

  test("strays are listed and pass", () => {
    expect(checkStrays(trim)).toEqual({
      name: "strays",
      status: "pass",
      line: "1 dropped",
      findings: [{ path: ".DS_Store", message: "dropped: a leftover of the operating system" }],
    });
    expect(checkStrays(nothing)).toMatchObject({ status: "pass", line: "None was left.", findings: [] });
  });
});

describe("size", () => {
  const limits = { ...defaultPolicy.limits, files: 2, lines: 10 };
  const lines = { added: 4, removed: 2 };

  test.each<[string, ChangedFile[], string, string]>([
    ["nothing", [], "pass", "0 files, +0 −0 lines"],
    ["one file", [changed("a", { lines, bytes: 9 })], "pass", "1 file, +4 −2 lines, largest 9 bytes"],
    [
      "too many files",
      [added("a", { lines, bytes: 5 }), added("b"), deleted("c")],
      "attention",
      "3 files, +4 −2 lines, largest 5 bytes",
    ],
    [
      "too many lines",
      [changed("a", { lines }), changed("b", { lines })],
      "attention",
      "2 files, +8 −4 lines, largest 1 bytes",
    ],
    [
      "a binary",
      [added("a.png", { lines: null, bytes: 7 })],
      "pass",
      "1 file, +0 −0 lines, 1 binary, largest 7 bytes",
    ],
    [
      "ignored files",
      [added("dist/a", { lines: { added: 99, removed: 0 } })],
      "pass",
      "0 files, +0 −0 lines",
    ],
  ])("of %s", (_, files, status, line) => {
    const policy = { limits, paths: { ...defaultPolicy.paths, ignore: ["dist"] } };

    expect(checkSize(grounds(files, {}, policy))).toMatchObject({ name: "size", status, line });
  });

  test("names the limit that is passed", () => {
    const files = [changed("a", { lines: { added: 11, removed: 0 } })];

    expect(checkSize(grounds(files, {}, { limits })).findings).toEqual([
      { message: "11 lines, where 10 are the limit" },
    ]);
  });
});
