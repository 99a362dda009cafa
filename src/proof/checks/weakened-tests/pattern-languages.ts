/** How tests look in a language without a grammar here. Every pattern is tried on one line, without its comments. */
export type Language = {
  files: RegExp;
  comment: "//" | "#";
  /** A line that begins a test; `name` is its title. Where `marker` is given, a marker must stand right above. */
  head: RegExp;
  marker?: RegExp;
  /** A line that begins a stretch whose marks hold for all tests in it. */
  suite?: RegExp;
  /** On a marker, a head, or a line of the body. */
  skip: RegExp;
  /** A line, comments included, that keeps the whole file from most runs. */
  apart?: RegExp;
  focus?: RegExp;
  assertion: RegExp;
  ends: "brace" | "indent";
};

const java: Omit<Language, "files"> = {
  comment: "//",
  marker: /@(org\.junit\.\S*)?(Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\b/,
  head: /\b(?:void|fun|def)\s+(?<name>`[^`]+`|\w+)\s*\(/,
  suite: /\b(?:class|object)\s+(?<name>\w+)/,
  skip: /@(Disabled|Ignore)\w*\b|\bassume(True|False)?\s*\((true|false)\)|\bAssumptions?\.abort\(/,
  assertion:
    /\b(assert\w*|verify|expect\w*|should\w*|fail|check)\s*[({.]|\.should\w*\b|@Test\(expected|\.andExpect\(/,
  ends: "brace",
};

/** The languages read by patterns. */
export const languages: Language[] = [
  {
    files: /_test\.go$/,
    comment: "//",
    head: /^func\s+(?<name>(Test|Fuzz|Example)\w*)\s*\(/,
    skip: /\bt\.(Skip|SkipNow|Skipf)\(/,
    apart: /^\/\/go:build (?<condition>.+)$/m,
    assertion:
      /\b[tbf]\.(Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(|\b(assert|require|is|qt|g)\.\w+\(|\bExpect\(|\bcmp\.Diff\(/,
    ends: "brace",
  },
  {
    files: /\.rs$/,
    comment: "//",
    marker: /^\s*#\[((\w+::)*test|rstest|test_case|tokio::test|proptest)\b/,
    head: /^\s*(?:pub\s+)?(?:async\s+)?fn\s+(?<name>\w+)/,
    skip: /#\[ignore\b|#\[cfg\(any\(\)\)\]/,
    assertion:
      /\b(debug_)?assert\w*!|\bpanic!|#\[should_panic|\bexpect_err\(|\bunwrap_err\(|\bprop_assert\w*!/,
    ends: "brace",
  },
  { ...java, files: /\.(java|kt|kts|groovy|scala)$/ },
  {
    files: /\.cs$/,
    comment: "//",
    marker: /\[\s*(Fact|Theory|Test|TestMethod|TestCase|DataTestMethod)\b/,
    head: /\b(?:void|Task|ValueTask)\s+(?<name>\w+)\s*\(/,
    suite: /\bclass\s+(?<name>\w+)/,
    skip: /\bSkip\s*=|\[\s*Ignore\b|\bAssert\.(Ignore|Inconclusive)\(/,
    assertion: /\b\w*Assert\w*\.\w+|\.Should\w*\(|\bVerify\w*\(/,
    ends: "brace",
  },
  {
    files: /\.php$/,
    comment: "//",
    head: /\bfunction\s+(?<name>test\w*)\s*\(|^\s*(?:it|test)\(\s*['"](?<title>[^'"]*)/,
    skip: /\bmarkTest(Skipped|Incomplete)\(|->(skip|todo)\(|#\[(Skip|Requires)/,
    focus: /->only\(/,
    assertion: /(->|::)(assert|expect|should)\w*\(|\bexpect\(/,
    ends: "brace",
  },
  {
    files: /(_spec|_test|test_\w+|_steps)\.rb$|(^|\/)(spec|test)\/.*\.rb$/,
    comment: "#",
    head: /^\s*(?<how>x|f)?(?:it|specify|scenario|test|example)\s*\(?\s*["'](?<name>[^"']*)|^\s*def\s+(?<method>test_\w+)/,
    suite: /^\s*(?<how>x|f)?(?:RSpec\.)?(?:describe|context|feature)\b\s*(?<name>[^\n]*)/,
    skip: /^\s*(xit|xspecify|xscenario|xdescribe|xcontext|xexample|pending|skip)\b|\b(skip|pending):\s*(true|["'])/,
    focus: /^\s*(fit|fdescribe|fcontext|fspecify)\b|\bfocus:\s*true|,\s*:focus\b/,
    assertion: /\bexpect\s*[({]|\b(assert|refute|must|wont)_?\w*|\.should(_not)?\b|\bis_expected\b/,
    ends: "indent",
  },
  {
    files: /_test\.exs$/,
    comment: "#",
    head: /^\s*test\s+"(?<name>[^"]*)"/,
    suite: /^\s*describe\s+"(?<name>[^"]*)"/,
    skip: /@(module)?tag\s*:?skip|@tag\s+skip:/,
    assertion: /\b(assert|refute|flunk)\w*/,
    ends: "indent",
  },
  {
    files: /Tests?\.swift$/,
    comment: "//",
    head: /\bfunc\s+(?<name>test\w*)\s*\(/,
    skip: /\bXCTSkip\w*\(|@Test\([^)]*\.disabled/,
    assertion: /\bXCT(Assert|Fail|Unwrap)\w*|#expect|#require/,
    ends: "brace",
  },
];
