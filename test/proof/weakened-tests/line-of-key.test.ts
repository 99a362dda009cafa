import { expect, test } from "@jest/globals";
import { lineOfKey } from "../../../src/proof/checks/weakened-tests/line-of-key.ts";

test.each<[string, string, string, number | undefined]>([
  ["JSON", '{\n  "scripts": {\n    "test": "x"\n  },\n  "c8": {\n    "lines": 20\n  }\n}', "c8.lines", 6],
  ["a key that another value holds as a word", '{\n  "a": "test",\n  "test": 1\n}', "test", 3],
  ["a script", "export default {\n  test: {\n    exclude: ['a'],\n  },\n}", "test.exclude", 3],
  ["sections of an ini file", "[run]\nomit = a\n[report]\nfail_under = 10\n", "report.fail_under", 4],
  ["TOML", "[tool.coverage.report]\nfail_under = 10\n", "tool.coverage.report.fail_under", 2],
  ["YAML", "coverage:\n  status:\n    project:\n      target: 50%\n", "coverage.status.project.target", 4],
  ["a key that is gone", '{ "c8": {} }', "c8.lines", undefined],
])("finds a setting in %s", (_, text, path, line) => {
  expect(lineOfKey(text, path)).toBe(line);
});
