import { isTestPath } from "../../../domain/paths/test-path.ts";
import { noteVacuity } from "./note-vacuity.ts";
import { grammarFor, parseTree } from "./parse-tree.ts";
import { patternsFor, readPatternSuite } from "./read-pattern-suite.ts";
import { readPythonSuite } from "./read-python-suite.ts";
import { readScriptSuite } from "./read-script-suite.ts";
import type { Suite } from "./suite.ts";

/** Files that tests read, and whole projects that they run, are no tests themselves. */
const fixture = /(^|\/)(fixtures?|__fixtures__|testdata|node_modules)\//;
/** Packages that only tests import. */
const framework =
  /["'](vitest|@jest\/globals|node:test|bun:test|@playwright\/test|mocha|ava|tap|tape|uvu)["']/;

/** Whether a path is one at which tests themselves are kept, and not what they read. */
export function holdsTests(path: string): boolean {
  return !fixture.test(path) && isTestPath(path);
}

/** Languages whose tests are known by their path alone. */
const foreignCode = /\.(?:c|cc|cpp|cxx|m|mm|lua|clj[cs]?|erl|zig|cr|coffee|exs?|dart|fs|vb|bats|t|pl)$/;

/** Whether a path is one at which tests are kept in a language that is not read. */
export function isForeignTest(path: string): boolean {
  return holdsTests(path) && foreignCode.test(path) && !patternsFor(path) && !grammarFor(path);
}

/** The tests of one side of a file; undefined if it is no test file, `unreadable` if no bounded reading exists. */
export function readSuite(path: string, text: string): Suite | "unreadable" | undefined {
  const patterns = patternsFor(path);
  if (patterns && (holdsTests(path) || path.endsWith(".rs")))
    return readPatternSuite(patterns, { path, text });
  const grammar = grammarFor(path);
  if (!grammar || !(holdsTests(path) || (framework.test(text) && !fixture.test(path)))) return undefined;
  const tree = parseTree(grammar, text);
  if (!tree) return "unreadable";
  const read = /\.pyi?$/.test(path) ? readPythonSuite : readScriptSuite;
  const suite = read(tree, { path, text });
  noteVacuity(suite, { tree, text });
  return suite;
}
