import { expect, test } from "@jest/globals";
import { isTestPath } from "../../src/domain/paths/test-path.ts";

test.each([
  [
    "src/slugify.test.js",
    "src/slugify.spec.tsx",
    "a.test.mjs",
    "b.spec.cts",
    "login.cy.ts",
    "types.test-d.ts",
    "types/index.tst.ts",
  ],
  ["app/user-test.js", "app/user_test.ts", "test.js", "packages/a/__tests__/index.ts", "src/__mocks__/fs.js"],
  ["tests/test_app.py", "app/test_models.py", "app/models_test.py", "conftest.py", "shop/tests.py"],
  ["pkg/server/server_test.go", "pkg/server/testdata/in.txt", "tests/api.rs", "src/parser/tests.rs"],
  ["src/test/java/a/FooTest.java", "a/FooTests.java", "a/FooIT.java", "a/TestFoo.java", "src/FooSpec.groovy"],
  ["src/androidTest/java/A.kt", "src/integrationTest/kotlin/B.kt", "src/testFixtures/java/C.java"],
  ["spec/models/user_spec.rb", "spec/spec_helper.rb", "test/test_user.rb", "lib/user_test.rb"],
  ["tests/Unit/UserTest.php", "src/UserTest.php", "tests/acceptance/LoginCest.php"],
  ["Shop.Tests/CartTests.cs", "Shop.UnitTests/Helper.cs", "src/CartTest.cs"],
  ["src/__snapshots__/a.test.js.snap", "x.snap", "tests/__snapshots__/t.ambr", "Invoice.approved.txt"],
  [
    "fixtures/user.json",
    "spec/fixtures/user.yml",
    "test/data.bin",
    "integration-tests/run.sh",
    "e2e/home.ts",
  ],
  ["lib/parse_unittest.cc", "t/basic.t", "test.bats", "features/login.feature", "Tests/AppTests/A.swift"],
])("serves tests: %s, %s, …", (...paths) => {
  expect(paths.filter((path) => !isTestPath(path))).toEqual([]);
});

test.each([
  ["src/slugify.js", "src/latest.js", "src/contest.ts", "src/attest/index.ts", "lib/protest.py"],
  [
    "src/testing/harness.ts",
    "src/tester.js",
    "jest.config.js",
    "vitest.config.ts",
    "pytest.ini",
    "test-runner.js",
  ],
  ["src/main/java/a/test/Helper.java", "src/main/java/a/ABTest.java", "Latest.java", "Testimony.java"],
  ["spec/openapi.yaml", "docs/specs/protocol.md", "inspect.rb", "greatest.rs", "Fastest.cs", "Manifest.php"],
  ["package.json", "README.md", ".github/workflows/test.yml", "Makefile", "", "/", "EDIT.java", "PROFIT.cs"],
])("does not: %s, %s, …", (...paths) => {
  expect(paths.filter(isTestPath)).toEqual([]);
});

test("a path of a hundred thousand characters is judged at once", () => {
  const long = ["-test".repeat(20_000), "test_".repeat(20_000), "a/".repeat(50_000), "Test".repeat(25_000)];

  expect(long.map(isTestPath)).toEqual([false, false, false, false]);
});
