/** Time since the process began, held against a number; a span between two readings is no such question. */
const clock =
  "(?:process\\.uptime\\(\\)|performance\\.now\\(\\)|process\\.hrtime(?:\\.bigint)?\\(\\)|time\\.(?:process_time|perf_counter|monotonic)\\(\\))";
const sinceStart = new RegExp(
  `(?<!-\\s*\\(*)${clock}\\s*\\)*\\s*[<>]=?\\s*\\d|\\d[\\d_.]*n?\\s*[<>]=?\\s*\\(*${clock}(?!\\s*\\)*\\s*-)`,
);
/** That the parent is process 1 is how a program learns that it was left alone. */
const parent =
  /\b(?:process\.ppid|os\.getppid\(\))\s*(?:[<>]|[!=]==?\s*(?!1\b)\d)|\bexecArgv\.length\s*[<>=!]|\bif\s+__debug__\s+else\b|\b__debug__\s+(?:and|or)\b/;
/** Who runs it and on which machine, held against a written name. */
const owner =
  "(?:\\bos\\.(?:homedir|hostname)\\(\\)|userInfo\\(\\)\\.\\w+|expanduser\\(\\s*[\"']~[\"']\\s*\\)|Path\\.home\\(\\)|getpass\\.getuser\\(\\)|platform\\.node\\(\\)|gethostname\\(\\)|\\b(?:env|environ)(?:\\.|\\[[\"']|\\.get\\([\"'])(?:HOME|USER|LOGNAME|HOSTNAME)(?:[\"']?[\\])])?)";
const written = "[\"'`][^\"'`\\n]+[\"'`]";
const ofOwner = new RegExp(
  `${owner}\\s*\\)*\\s*(?:[!=]==?|\\.(?:startsWith|endsWith|includes|startswith|endswith)\\()\\s*${written}|${written}\\s*(?:[!=]==?|(?:not\\s+)?in\\s)\\s*\\(?${owner}`,
);
const depth =
  /\.stack\b[^;\n]{0,80}\.split\([^;\n]{0,80}\.length\s*[<>=!]|\blen\(\s*(?:inspect\.stack|traceback\.extract_stack)\([^)]*\)\s*\)\s*[<>=!]/;
const frame =
  "(?:_getframe\\([^)]*\\)|currentframe\\(\\)|stack\\([^)]*\\)\\[\\d+\\])[\\w.()]*\\.(?:co_name|co_filename|function|filename)";
/** `"__init__"` and `"<module>"` are names of the language. */
const name = "[\"'](?!__|<)[^\"'\\n]+[\"']";
const caller = new RegExp(
  `${frame}\\)?\\s*(?:[!=]=|\\.(?:startswith|endswith|find)\\(|(?:not\\s+)?in\\s)\\s*\\(?${name}|${name}\\s*(?:[!=]=|(?:not\\s+)?in)\\s*\\(?${frame}`,
);

/** Whether a text asks for the process in which it runs: its age, its parent, its flags, its owner. */
export function asksForProcess(text: string): boolean {
  return sinceStart.test(text) || parent.test(text) || ofOwner.test(text);
}

/** Whether a text asks who calls it, by name or by the depth of the stack. */
export function asksForCaller(text: string): boolean {
  return depth.test(text) || caller.test(text);
}

const terminal = /\bisTTY\b|\bisatty\(/;
/** What code has that speaks to a person at a terminal, or listens. */
const speaks =
  /console\.|\bprint\(|\.write\(|colou?r|chalk|ansi|cursor|prompt|readline|\bstdin\b|\bargv\b|\\x1b|\\u001b|\binput\(/i;

/** Whether code asks for a terminal that never writes to one. */
export function asksForTerminal(own: string, whole: string): boolean {
  return terminal.test(own) && !speaks.test(whole);
}

const hash =
  /\b(?:createHash|hashlib\.\w+|zlib\.(?:crc32|adler32)|crc32|md5|sha(?:1|256|512))\(|\bhexdigest\(|\.digest\(/;
/** Some digits of a digest; one digit repeated is a proof of work. */
const digits =
  /(?:[!=]==?|\.(?:startsWith|endsWith|includes|startswith|endswith)\(|\bin)\s*["'`](?!(?<one>[0-9a-f])\k<one>+["'`])[0-9a-f]{4,}["'`]|%\s*\d+\s*\)*\s*={2,3}\s*\d/;

/** Whether a text picks an input by its digest, so that nobody reads which one. */
export function asksForDigest(text: string): boolean {
  return hash.test(text) && digits.test(text);
}

const reading =
  /\b(?:readFile(?:Sync)?|createReadStream|existsSync|statSync|accessSync|open|read_text|Path|isfile|exists)\s*\(/;
const fileOfTests =
  /["'`](?:[^"'`\n]*\/)?(?:(?:tests?|__tests__)\/[^"'`\n]+|[\w.-]+\.(?:test|spec)\.[cm]?[jt]sx?|test_\w+\.py|conftest\.py)["'`]/;

/** Whether code reads a file of its tests. */
export function readsTests(text: string): boolean {
  return reading.test(text) && fileOfTests.test(text);
}

/** How many counters of a file are looked for. */
const mostCounters = 50;

/** The names that count how often the functions of a file are called: they begin at 0 outside of all functions. */
export function countersIn(text: string): string[] {
  const begun = [...text.matchAll(/^(?:(?:let|var)\s+)?(?<counter>[A-Za-z_$][\w$]*)\s*=\s*0\s*;?[ \t]*$/gm)];
  const names = begun
    .slice(0, mostCounters)
    .map(({ groups }) => (groups?.counter ?? "").replaceAll("$", "\\$"));
  return names.filter((each) =>
    new RegExp(`(?<![\\w.])${each}\\s*(?:\\+=\\s*1\\b|\\+\\+)|\\+\\+${each}\\b`).test(text),
  );
}

/** Whether a result depends on how often the code was called: the third call of a test gets another answer. */
export function countsCalls(own: { text: string; body: string }, counters: string[]): boolean {
  if (!/^return\b/.test(own.text) && !/\breturn\b/.test(own.body)) return false;
  return counters.some((each) =>
    new RegExp(`(?<![\\w.])${each}(?:\\s*%\\s*\\d+)?\\s*={2,3}\\s*\\d{1,2}(?![\\d.])`).test(own.text),
  );
}
