/** Folders in which every file serves tests. */
const testFolder =
  /^(?:tests?|__tests?__|__mocks__|__snapshots__|__image_snapshots__|__fixtures__|fixtures|testfixtures|test[-_]?data|e2e|cypress|playwright)$/i;

/** `integration-tests`, `integration_test`, `androidTest`, `Shop.UnitTests`: folders named after the kind of test. */
const namedTestFolder = /(?:[-_.]tests?|[a-z0-9](?:Tests?|TestFixtures))$/;

/** Folders that hold tests in one project and a written specification in another: there only code counts. */
const specFolder = /^specs?$/i;
const code =
  /\.(?:[cm]?[jt]sx?|rb|py|php|lua|cr|clj[cs]?|coffee|exs?|kts?|scala|groovy|swift|go|rs|java|cs)$/;

/** File names by the conventions of each language's runners. */
const testNames = [
  // JavaScript and TypeScript: jest, vitest, mocha, node --test, ava, cypress, tsd, tstyche
  /^tests?\.[cm]?[jt]sx?$/,
  /[._-](?:tests?|specs?|cy|e2e|test-d|spec-d|tst)\.(?:[cm]?[jt]sx?|vue|svelte|coffee)$/,
  // Python
  /^(?:test_.*|.*_tests?|tests?|conftest)\.pyi?$/,
  // Go, Rust, Ruby, Elixir, Dart, C and C++, Lua, Clojure, Erlang, Zig
  /_(?:tests?|spec|unittest|SUITE)\.(?:go|rs|rb|exs?|dart|c|cc|cpp|cxx|m|mm|lua|clj[cs]?|erl|zig|cr)$/,
  /^test_.*\.(?:rb|c|cc|cpp|cxx|lua)$/,
  /^tests?\.rs$/,
  // Java, Kotlin, Scala, Groovy, C#, F#, VB, PHP, Swift: a capital tells `LatestTest` from `Latest`
  /(?:^|[a-z0-9_])(?:Tests?|TestCase|TestBase|Spec|Specs|IT|ITCase|Cest)\.(?:java|kts?|scala|groovy|cs|fs|vb|php|swift)$/,
  /^(?:Test|IT)[A-Z0-9]\w*\.(?:java|kts?|scala|groovy|php)$/,
  // Shell, Perl, Gherkin
  /\.(?:bats|feature)$/,
  /^[\w-]+\.t$/,
  // Snapshots and approved outputs
  /\.(?:snap|snap\.new|ambr|golden)$/,
  /\.(?:approved|verified|received)\.[a-z0-9]+$/,
];

/** In the layout of Maven and Gradle what lies under `main` is shipped, whatever it is called. */
const shipped = /(?:^|\/)src\/main\//;

/** Whether a file serves tests by its path: a test, a snapshot, a fixture or a helper of tests. */
export function isTestPath(path: string): boolean {
  if (shipped.test(path)) return false;
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  if (folders.some((folder) => testFolder.test(folder) || namedTestFolder.test(folder))) return true;
  if (folders.some((folder) => specFolder.test(folder)) && code.test(name)) return true;
  return testNames.some((pattern) => pattern.test(name));
}
