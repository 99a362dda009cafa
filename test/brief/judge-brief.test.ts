import { describe, expect, test } from "@jest/globals";
import { adviseBrief } from "../../src/brief/answer/advise-brief.ts";
import { classify } from "../../src/brief/classify.ts";
import { briefHash, shortHash } from "../../src/brief/fields/brief-hash.ts";
import { judgeSensitive } from "../../src/brief/judge-sensitive.ts";
import { type Brief, forbiddenPaths } from "../../src/domain/task/brief.ts";

/** A complete brief of which a test changes what it is about. */
function briefWith(change: Partial<Brief> = {}): Brief {
  return {
    goal: "Uploading a file with a blank in its name works.",
    nonGoals: ["No change of the public API"],
    validation: "npm test",
    doneWhen: [{ id: "AC-1", text: "A test covers it" }],
    boundary: { reviewers: ["alice"], ask: [], never: [] },
    scope: ["src/upload/**"],
    constraints: [],
    kind: "other",
    dependencies: [],
    budget: {},
    dependsOn: [],
    ...change,
  };
}

describe("the classes of a brief", () => {
  test.each([
    [["src/auth/**"], ["auth"]],
    [["packages/api/src/auth/login.ts"], ["auth"]],
    [["src/auth"], ["auth"]],
    [["src/{auth,users}/*.ts"], ["auth"]],
    [["src/**"], []],
    [["**"], []],
    [["src/author.ts"], []],
    [["src/auth-service.test.ts"], ["auth"]],
    [["src/login.ts"], ["auth"]],
    [["db/migrations/*.sql"], ["migrations"]],
    [["package.json"], ["dependencies"]],
    [["web/pnpm-lock.yaml"], ["dependencies"]],
    [["requirements-dev.txt"], ["dependencies"]],
    [[".github/workflows/ci.yml"], ["ci"]],
    [["src/billing/*"], ["billing"]],
    [["SECURITY.md"], ["security"]],
    [["docs/adr/0001.md"], ["architecture"]],
    [["openapi.yaml"], ["public-api"]],
  ])("by the scope %j are %j", (scope, classes) => {
    expect(classify(briefWith({ scope })).map((one) => one.class)).toEqual(classes);
  });

  test.each([
    ["The login page is faster.", ["auth"]],
    ["People can sign in\nwith a passkey", ["auth"]],
    ["The author's name is shown.", []],
    ["The blogin module is renamed.", []],
    ["Refunds are listed.", ["billing"]],
    ["Fix the XSS and the CVE.", ["security"]],
    ["The architecture changes.", ["architecture"]],
    ["Logins and invoices.", ["auth", "billing"]],
    ["git checkout of a branch", []],
  ])("by the words %j are %j", (goal, classes) => {
    expect(classify(briefWith({ goal })).map((one) => one.class)).toEqual(classes);
  });

  test("come from the criteria, too, and from the configuration", () => {
    const doneWhen = [{ id: "AC-1", text: "A password is asked for" }];

    expect(classify(briefWith({ doneWhen }))).toEqual([{ class: "auth", by: "words", found: "password" }]);
    expect(classify(briefWith({ scope: ["src/keys/a.ts"] }), { security: ["src/keys/**"] })).toEqual([
      { class: "security", by: "scope", found: "src/keys/a.ts" },
    ]);
    expect(classify(briefWith({ scope: ["src/auth/a.ts"] }), { auth: [] })).toEqual([]);
  });
});

describe("sensitive work", () => {
  const scope = ["src/auth/**"];

  test.each([
    ["nobody", [], "independent", ["sensitive"]],
    ["nobody", [], "owner", ["sensitive"]],
    ["the actor alone", ["Bob"], "independent", ["sensitive-actor"]],
    ["the actor alone", ["bob"], "owner", []],
    ["someone else", ["alice"], "independent", []],
    ["both", ["bob", "alice"], "independent", []],
  ] as const)("with %s as reviewers %j and the rule %s gives %j", (...row) => {
    const [, reviewers, rule, rules] = row;
    const brief = briefWith({ scope, boundary: { reviewers: [...reviewers], ask: ["ci"], never: [] } });

    expect(judgeSensitive(brief, { actor: "bob", rule, line: 9 }).map((one) => one.rule)).toEqual(rules);
  });

  test("names what makes it so, and its line", () => {
    const brief = briefWith({ scope, boundary: { reviewers: [], ask: ["ci"], never: [] } });

    expect(judgeSensitive(brief, { actor: "bob", rule: "owner", line: 9 })).toEqual([
      {
        rule: "sensitive",
        line: 9,
        field: "boundary",
        message:
          "This is sensitive work (auth by the scope `src/auth/**`), and the approval boundary names no reviewer.",
        repair: "Name who must review it under **Approval boundary**: `reviewer: @login`.",
      },
    ]);
  });

  test("is no other work", () => {
    const brief = briefWith({ scope: ["package.json"], boundary: { reviewers: [], ask: ["ci"], never: [] } });

    expect(judgeSensitive(brief, { actor: "bob", rule: "independent" })).toEqual([]);
  });
});

describe("advice", () => {
  test.each<[string, Partial<Brief>, string[]]>([
    ["a good brief", {}, []],
    ["no scope", { scope: [] }, ["scope-everything"]],
    ["the scope of everything", { scope: ["src/**", "**/*"] }, ["scope-everything"]],
    ["a list of goals", { goal: "Do all of this:\n\n- a\n- b\n- c" }, ["several-goals"]],
    ["an afterthought", { goal: "Uploading works. Also, rename the logger." }, ["several-goals"]],
    ["the word also within a sentence", { goal: "Uploading works also for blanks." }, []],
    ["no reviewer", { boundary: { reviewers: [], ask: ["ci"], never: [] } }, ["no-reviewer"]],
    [
      "many criteria",
      { doneWhen: Array.from({ length: 13 }, (_, index) => ({ id: `AC-${index + 1}`, text: "x" })) },
      ["many-criteria"],
    ],
  ])("on %s", (_, change, advice) => {
    expect(adviseBrief(briefWith(change))).toEqual(advice);
  });
});

describe("the hash of a brief", () => {
  test("does not know the order of its keys", () => {
    const brief = briefWith({ budget: { usd: 4, minutes: 30 } });
    const turned = Object.fromEntries(Object.entries(brief).toReversed()) as Brief;

    expect(briefHash(turned)).toBe(briefHash(brief));
    expect(briefHash(brief)).toMatch(/^[0-9a-f]{64}$/);
    expect(shortHash(briefHash(brief))).toHaveLength(12);
  });

  test("stays what it is, so that what is frozen can be compared years later", () => {
    expect(shortHash(briefHash(briefWith()))).toBe("4ef3408898b4");
  });

  test("changes with every field", () => {
    const changes: Partial<Brief>[] = [
      { goal: "Another goal altogether" },
      { nonGoals: ["x"] },
      { validation: "make" },
      { doneWhen: [{ id: "AC-1", text: "x" }] },
      { boundary: { reviewers: ["bob"], ask: [], never: [] } },
      { scope: [] },
      { constraints: ["x"] },
      { kind: "bug fix" },
      { dependencies: [{ name: "x" }] },
      { base: "main" },
      { budget: { usd: 1 } },
      { agent: "claude" },
      { dependsOn: [1] },
    ];

    const hashes = [{}, ...changes].map((change) => briefHash(briefWith(change)));

    expect(new Set(hashes).size).toBe(changes.length + 1);
  });
});

describe("forbidden paths", () => {
  test.each([
    ["db/**", ["db/**"]],
    ["`db/**`", ["db/**"]],
    ["docs/", ["docs/**"]],
    ["Makefile.in", ["Makefile.in"]],
    ["No change of a/b", []],
    ["Nothing", []],
    ["https://a.b/c", []],
    ["../x/**", []],
    ["e.g.", []],
  ])("of %j are %j", (item, paths) => {
    expect(forbiddenPaths({ nonGoals: [item] })).toEqual(paths);
  });
});
