import { expect, test } from "@jest/globals";
import { chooseReports, isReportPath, reportBounds } from "../../src/proof/counts/choose-reports.ts";

test.each([
  "junit.xml",
  "packages/cart/junit.xml",
  "reports/junit/js-test-results.xml",
  "test-results.xml",
  "test-results/cart.xml",
  "test_reports/unit/a.xml",
  "build/test-results/test/TEST-shop.CartTest.xml",
  "target/surefire-reports/TEST-shop.CartTest.xml",
  "target/failsafe-reports/TEST-shop.CartIT.xml",
  "target/nextest/ci/junit.xml",
  "karma/TESTS-Firefox.xml",
  "report.xml",
  "build/test-results/it/TEST-shop.CartIT.xml",
  "coverage/junit.xml",
  "splint-test-results.xml",
  "pytest.xml",
  "rspec.xml",
  "e2e-results/results.xml",
  "out.tap",
  "results/größe.tap",
])("%s may be a report", (path) => {
  expect(isReportPath(path)).toBe(true);
});

test.each([
  "pom.xml",
  "app/src/main/res/values/strings.xml",
  "reports/coverage.xml",
  "build/reports/jacoco/test/jacocoTestReport.xml",
  "reports/checkstyle-main.xml",
  "node_modules/mocha/junit.xml",
  "test/fixtures/junit.xml",
  "build/tmp/test/work/build/test-results/test/TEST-a.xml",
  "target/it/broken-build/target/surefire-reports/TEST-a.xml",
  "test/__fixtures__/TEST-a.xml",
  "target/surefire-reports/junitreports/TEST-shop.CartTest.xml",
  "target/surefire-reports/testng-results.xml",
  "reports/a\u0007.xml",
  "reports/a\n.xml",
  "reports/\u202elmx.a.xml",
  `reports/${"x".repeat(400)}.xml`,
  "junit.html",
])("%j is none", (path) => {
  expect(isReportPath(path)).toBe(false);
});

const left = (...files: [string, number][]) => ({
  files: files.map(([path, bytes]) => ({ path, bytes })),
  whole: true,
});
const paths = (found: ReturnType<typeof chooseReports>) => found.files.map(({ path }) => path);

test("only what was not there before is the run's, in the order of its paths", () => {
  const found = chooseReports(
    left(["junit.xml", 9]),
    left(["z/junit.xml", 9], ["junit.xml", 8], ["a/junit.xml", 9]),
  );

  expect(paths(found)).toEqual(["a/junit.xml", "z/junit.xml"]);
  expect(found.whole).toBe(true);
});

test.each<[string, [string, number][], number]>([
  [
    "too large",
    [
      ["a/junit.xml", 200 * 1024 * 1024],
      ["b/junit.xml", 9],
    ],
    1,
  ],
  [
    "too many",
    Array.from({ length: 10_000 }, (_, at) => [`reports/${at}.xml`, 9] as [string, number]),
    2_000,
  ],
  [
    "too large together",
    Array.from({ length: 9 }, (_, at) => [`reports/${at}.xml`, reportBounds.fileBytes] as [string, number]),
    4,
  ],
])("what is %s is left out, and this is said", (_, files, read) => {
  const found = chooseReports(left(), left(...files));

  expect(found.files).toHaveLength(read);
  expect(found.whole).toBe(false);
});

test("where not all was listed, nothing is whole", () => {
  expect(chooseReports({ files: [], whole: false }, left(["junit.xml", 9])).whole).toBe(false);
  expect(chooseReports(left(), { files: [], whole: false }).whole).toBe(false);
});
