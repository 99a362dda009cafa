import { describe, expect, test } from "@jest/globals";
import type { ChangedFile } from "../../src/domain/evidence/change.ts";
import type { Check } from "../../src/domain/evidence/evidence.ts";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import type { Brief } from "../../src/domain/task/brief.ts";
import { checkScope } from "../../src/proof/checks/paths/check-scope.ts";
import { added, changed, deleted, moved } from "../fixtures/changes.ts";
import { aBrief } from "../fixtures/tasks.ts";

function scope(files: ChangedFile[], brief: Partial<Brief>, ignore: string[] = []): Check {
  const policy = { ...defaultPolicy, paths: { ...defaultPolicy.paths, ignore } };
  return checkScope({ brief: aBrief(brief), policy, files });
}

test("an edit inside a submodule, which is no part of the change, asks for attention", () => {
  const grounds = {
    brief: aBrief({ scope: ["src/**"] }),
    policy: defaultPolicy,
    files: [changed("src/a.ts")],
  };

  expect(checkScope({ ...grounds, inSubmodules: ["vendor/lib/a.js"] })).toMatchObject({
    status: "attention",
    line: "1 in scope; left out: 1 edited inside submodules",
    findings: [{ path: "vendor/lib/a.js", message: expect.stringContaining("not part of the change") }],
  });
});

/** What one changed path is to a declared scope. */
function standing(path: string, brief: Partial<Brief>): string {
  const { line } = scope([changed(path)], brief);
  return ["support", "drift", "forbidden"].find((kind) => line.includes(`1 ${kind}`)) ?? "in scope";
}

describe("a changed path", () => {
  const declared = ["zod"].map((name) => ({ name }));

  test.each<[string[], string, string]>([
    // In scope, and drift.
    [["src/**"], "src/a.ts", "in scope"],
    [["src/upload"], "src/upload/a.ts", "in scope"],
    [["src/upload/"], "src/upload/.hidden", "in scope"],
    [["src/upload/**"], "src/upload/new\nline.ts", "in scope"],
    [["src/upload/**"], "src/uploads/a.ts", "drift"],
    [["src/upload/**"], "src/billing/a.ts", "drift"],
    [["src/**"], "Src/a.ts", "drift"],
    [["README.md"], "readme.md", "drift"],
    [["src/**"], "src/caf\ufffd.ts", "drift"],
    [["caf?.txt"], "caf\ufffd.txt", "drift"],
    [["src/**"], "package.json", "drift"],
    [["src/**"], "package-lock.json", "drift"],
    [["src/**"], "docs/a.md", "drift"],
    [["app/[slug]/**"], "app/[slug]/page.tsx", "in scope"],
    // Its tests.
    [["index.js"], "test/flush.test.js", "support"],
    [["index.js"], "test.js", "support"],
    [["index.d.ts"], "index.test-d.ts", "support"],
    [["index.js"], "packages/a/test/flush.test.js", "drift"],
    [["index.js"], "lib/flush.test.js", "drift"],
    [["cli.js"], "test/flush.test.js", "drift"],
    [["src/**"], "test/a.test.ts", "support"],
    [["src/**"], "tests/deep/test_a.py", "support"],
    [["src/upload/**"], "test/upload/a.test.ts", "support"],
    [["src/upload/**"], "test/unit/upload/a.test.ts", "support"],
    [["src/upload/**"], "test/billing/a.test.ts", "drift"],
    [["src/upload/**"], "test/upload.test.ts", "support"],
    [["src/upload/**"], "src/billing/a.test.ts", "drift"],
    [["src/slugify.js"], "test/slugify.test.js", "support"],
    [["src/slugify.js"], "src/slugify.test.js", "support"],
    [["src/slugify.js"], "src/__tests__/slugify.js", "support"],
    [["src/slugify.js"], "test/other.test.js", "drift"],
    [["src/slugify.js"], "lib/slugify.test.js", "drift"],
    [["src/**"], "lib/a.test.js", "drift"],
    [["src/main/java/com/a/Upload.java"], "src/test/java/com/a/UploadTest.java", "support"],
    [["src/main/java/com/a/Upload.java"], "src/test/java/com/b/UploadTest.java", "drift"],
    [["src/main/java/**"], "src/test/resources/a.json", "support"],
    [["packages/api/src/**"], "packages/api/test/a.test.ts", "support"],
    [["packages/api/src/**"], "packages/web/test/a.test.ts", "drift"],
    [["src/**"], "packages/web/test/a.test.ts", "drift"],
    [["packages/api/**"], "packages/web/test/a.test.ts", "drift"],
    [["upload/**"], "test/upload/a_test.go", "support"],
    [["cmd/serve.go"], "cmd/serve_test.go", "support"],
    [["lib/upload.rb"], "spec/upload_spec.rb", "support"],
    [["src/upload.ts"], "cypress/upload.cy.ts", "support"],
    [["src/upload/**"], "src/attest.ts", "drift"],
    // Snapshots and fixtures.
    [["src/slugify.js"], "test/__snapshots__/slugify.test.js.snap", "support"],
    [["src/upload/**"], "test/fixtures/upload/a.png", "support"],
    [["src/upload/**"], "test/fixtures/billing/a.png", "drift"],
    [["src/**"], "test/fixtures/any.json", "support"],
  ])("with the scope %j: %j is %s", (globs, path, expected) => {
    expect(standing(path, { scope: globs })).toBe(expected);
  });

  test.each<[string[], string, string]>([
    [["src/**"], "package.json", "support"],
    [["src/**"], "package-lock.json", "support"],
    [["src/**"], "go.sum", "support"],
    [["packages/api/src/**"], "packages/api/package.json", "support"],
    [["packages/api/src/**"], "packages/web/package.json", "drift"],
    [["packages/api/src/**"], "pnpm-lock.yaml", "support"],
    [["src/**"], "tsconfig.json", "drift"],
  ])("with a declared dependency and the scope %j: %j is %s", (globs, path, expected) => {
    expect(standing(path, { scope: globs, dependencies: declared })).toBe(expected);
  });

  test.each<[string[], string[], string, string]>([
    [["src/**"], ["src/legacy/**"], "src/legacy/a.ts", "forbidden"],
    [["src/**"], ["src/legacy/"], "src/legacy/a.ts", "forbidden"],
    [[], ["package.json"], "package.json", "forbidden"],
    [[], ["docs/**"], "src/a.ts", "in scope"],
    [["src/**"], ["No change of src/a.ts"], "src/a.ts", "in scope"],
    [["src/**"], ["test/**"], "test/a.test.ts", "forbidden"],
  ])("with the scope %j and the non-goals %j: %j is %s", (globs, nonGoals, path, expected) => {
    expect(standing(path, { scope: globs, nonGoals })).toBe(expected);
  });
});

test("a source that is in scope brings the test that bears its name in a flat folder", () => {
  const files = [
    changed("src/shop/upload.py"),
    changed("tests/test_upload.py"),
    changed("tests/test_bill.py"),
  ];

  expect(scope(files, { scope: ["src/shop/**"] })).toMatchObject({
    status: "attention",
    line: "1 in scope, 1 support, 1 drift",
    findings: [{ path: "tests/test_bill.py", message: "drift: it is outside the declared scope" }],
  });
});

test("fixtures are support beside a test that is, and drift without one", () => {
  const fixture = added("test/fixtures/blank.txt");
  const brief = { scope: ["src/upload/**"] };

  expect(scope([fixture, changed("test/upload.test.js")], brief).line).toBe("0 in scope, 2 support");
  expect(scope([fixture], brief).line).toBe("0 in scope, 1 drift");
});

describe("both sides of a move count", () => {
  test.each<[string, string, string, string]>([
    ["src/a.ts", "src/b.ts", "pass", "2 in scope; 1 moved or copied"],
    ["src/a.ts", "web/a.ts", "attention", "1 in scope, 1 drift; 1 moved or copied"],
    ["web/a.ts", "src/a.ts", "attention", "1 in scope, 1 drift; 1 moved or copied"],
    ["src/README.md", "src/readme.md", "pass", "2 in scope; 1 moved or copied"],
  ])("%s → %s", (from, to, status, line) => {
    expect(scope(moved(from, to), { scope: ["src/**"] })).toMatchObject({ status, line });
  });

  test("and a finding says where it comes from, and if only case differs", () => {
    const messages = (from: string, to: string): string[] =>
      scope(moved(from, to), { scope: ["src/**"] }).findings.map(({ message }) => message);

    expect(messages("src/a.ts", "web/a.ts")).toEqual([
      'drift: it is outside the declared scope; it comes from "src/a.ts"',
    ]);
    expect(messages("README.md", "readme.md")[1]).toContain(
      'moved from "README.md", which differs in case alone',
    );
  });
});

test("modes, links, submodules and deletions are counted, and a new link is pointed out", () => {
  const files = [
    changed("src/run.sh", { mode: "100755" }),
    added("src/link", { mode: "120000" }),
    deleted("src/lib", { mode: "160000" }),
    added("vendor/lib", { mode: "160000" }),
    added("web/link", { mode: "120000" }),
  ];

  expect(scope(files, { scope: ["src/**"] })).toMatchObject({
    line: "3 in scope, 2 drift; 1 deleted, 1 mode changed, 2 links, 2 submodules",
    findings: [
      { path: "src/link", message: "a new symbolic link" },
      { path: "vendor/lib", message: "drift: it is outside the declared scope; it is a submodule" },
      { path: "web/link", message: "drift: it is outside the declared scope; it is a link" },
    ],
  });
});

test("without a declared scope everything is in it", () => {
  expect(scope([changed("x"), changed("y/z")], { scope: [] })).toMatchObject({
    status: "pass",
    line: "2 in scope (none was declared)",
    reason: "no scope",
  });
});

test("paths that the configuration ignores are left out", () => {
  expect(scope([changed("dist/a.js"), changed("src/a.ts")], { scope: ["src/**"] }, ["dist/"])).toMatchObject({
    status: "pass",
    line: "1 in scope",
  });
});

test("what a non-goal forbids fails, and names the non-goal", () => {
  expect(
    scope([changed("package.json"), changed("web/x")], { scope: ["src/**"], nonGoals: ["package.json"] }),
  ).toEqual({
    name: "scope",
    status: "fail",
    line: "0 in scope, 1 drift, 1 forbidden",
    findings: [
      { path: "package.json", message: "forbidden: the non-goal `package.json` forbids it" },
      { path: "web/x", message: "drift: it is outside the declared scope" },
    ],
  });
});
