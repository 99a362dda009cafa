import { type CodeUnit, functionAround } from "./code-unit.ts";
import { asksForDate, asksForLuck, takesChances } from "./date-and-chance.ts";
import {
  asksForCaller,
  asksForDigest,
  asksForProcess,
  asksForTerminal,
  countersIn,
  countsCalls,
  readsTests,
} from "./process-questions.ts";
import { type Suspicion, suspect } from "./suspicion.ts";

const runners = "jest|mocha|vitest|pytest|_pytest|unittest|nose|jasmine|karma|ava|node:test|--test";
const runnerVariables =
  "JEST_WORKER_ID|VITEST(?:_\\w+)?|NODE_TEST_CONTEXT|MOCHA_\\w+|PYTEST_\\w+|AVA_PATH|NODE_V8_COVERAGE|NYC_\\w+|COVERAGE_RUN|TAP_CHILD_ID|PLAYWRIGHT_TEST\\w*|CYPRESS\\w*|KARMA\\w*|TOX_ENV\\w*|TEST_WORKER_INDEX|JASMINE\\w*";
const ciVariables =
  "CI|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|GITLAB_CI|CIRCLECI|TRAVIS|APPVEYOR|JENKINS_URL|BUILDKITE|TF_BUILD";

/** A variable of the environment that is read, in any of the ways in which that is written. */
function reads(names: string): RegExp {
  const dotted = `\\benv\\)?(?:\\?\\.|\\.|(?:\\?\\.)?\\[\\s*["'\`])(?:${names})\\b(?!["'\`\\]]*\\s*=[^=])`;
  const called = `\\b(?:environ\\)?(?:\\.get\\(|\\[)|getenv\\()\\s*["'](?:${names})["'](?!\\]\\s*=[^=])`;
  const member = `["'\`](?:${names})["'\`]\\s+(?:not\\s+)?in\\s+\\(?[\\w.]*\\benv(?:iron)?\\b`;
  const taken = `\\{[^}=]*\\b(?:${names})\\b[^}=]*\\}\\s*=\\s*\\(?process\\.env\\b`;
  const among = `(?:Object\\.(?:keys|entries)\\(process\\.env\\)|\\bset\\(os\\.environ\\))[^;\\n]{0,200}["'](?:${names}|VITEST)|["'](?:${names})["'][^;\\n]{0,100}\\bset\\(os\\.environ\\)`;
  return new RegExp([dotted, called, member, taken, among].join("|"));
}

const runnerRead = reads(runnerVariables);
const ciRead = reads(ciVariables);
const testMode =
  /(?:NODE_ENV|\bimport\.meta\b[^;\n]{0,120}\bMODE)["'`\])]*\s*[!=]==?\s*["'`]test["'`]|["'`]test["'`]\s*[!=]==?\s*\(?process\.env\.NODE_ENV/;
const lifecycle = /npm_lifecycle_(?:event|script)\b[^;\n]{0,60}["'`/][^"'`/\n]*test/;

const runnerWord = new RegExp(`["'\`/|(^](?:[^"'\`\\n]*[\\W_])?(?:${runners})(?![\\w])[^\\n]*["'\`/]`);
/** A word of tests in a text or a pattern: `test_`, `.test.`, `__tests__`, `spec`. */
const testWord = new RegExp(
  `["'\`/](?:[^"'\`\\n]*[\\W_])?(?:tests?|specs?|${runners})(?![a-zA-Z0-9])[^"'\`\\n]*["'\`/]`,
);
/** A pattern that is tried is no word of tests. */
const namesTests = (text: string): boolean => testWord.test(text.replaceAll(".test(", ".tried("));
const argv = /\b(?:process\.(?:argv|execArgv|argv0|title)|sys\.(?:orig_)?argv)\b/;
/** Python names its program first, Node.js its own and then the program. */
const program = /\bprocess\.argv\)?\[[01]\]|\bsys\.argv\)?\[0\]/;
/** A part of an argument, not a whole one: what is called `test` may be a command of the program. */
const partOfArgument =
  /\.(?:some|find|findIndex|filter|every)\([^;\n]{0,40}\.(?:includes|endsWith|startsWith|match|test)\(|\.join\([^)]*\)\.(?:includes|match)\(|\bany\(/;
/** Whether folders or files of tests are there. */
const testsAreThere =
  /\b(?:existsSync|exists|access(?:Sync)?|stat(?:Sync)?|readdir(?:Sync)?|isdir|isfile|listdir)\(\s*["'`](?:\.{0,2}\/)*(?:tests?|__tests__|specs?|conftest\.py)(?:\/[^"'`\n]*)?["'`]|\bPath\(\s*["'](?:\.{0,2}\/)*(?:tests?|conftest\.py)(?:\/[^"'\n]*)?["']\s*\)\.(?:exists|is_dir|is_file)\(/;
/** Two bounds on one name, between which lies one whole number from 2 on. */
const bounds =
  /(?<name>[A-Za-z_$][\w.$]*)\s*>(?<from>=?)\s*(?<low>\d+)\s*(?:&&|and)\s*\(?\k<name>\s*<(?<to>=?)\s*(?<high>\d+)\b(?!\.)|\b(?<below>\d+)\s*<(?<least>=?)\s*[A-Za-z_][\w.]*\s*<(?<most>=?)\s*(?<above>\d+)\b(?!\.)/g;
const stack =
  /\.stack\b|extract_stack\(|inspect\.stack\(|_getframe\(|currentframe\(|prepareStackTrace|getFileName\(/;
const modules =
  /\brequire\.(?:cache|main)\b|\bsys\.modules\b|\bmoduleLoadList\b|\bmodule\.(?:children|parent)\b/;
const globals =
  /\btypeof\s+(?:jest|vi|describe|beforeEach|afterEach|expect|(?:globalThis|global|window)\.(?:jest|vi|describe|it|test|expect|beforeEach|afterEach))\b\s*[!=]==?|["'`](?:jest|vi|describe|expect|__coverage__|__vitest_worker__)["'`]\s+in\s+(?:globalThis|global|window)\b|\b(?:globalThis|global)\.(?:jest|vi|__coverage__|__vitest_\w+|__jest\w*)\b(?!\s*=[^=])/;

const here =
  "(?:process\\.cwd\\(\\)|process\\.env\\.PWD|os\\.getcwd\\(\\)|Path\\.cwd\\(\\)|__dirname|__file__)";
const literal = "(?<text>[rf]?[\"'`][^\"'`\\n]*[\"'`]|/[^/\\n]+/)";
const asked = [
  `${here}[\\w.()]*\\)?\\s*(?:[!=]==?|\\.(?:includes|startsWith|endsWith|match|startswith|endswith|find|search|indexOf)\\()\\s*${literal}`,
  `${literal}\\s*(?:[!=]==?|(?:not\\s+)?in\\s|\\.test\\()\\s*\\(?(?:str\\()?${here}`,
].map((pattern) => new RegExp(pattern));
/** Places at which packages are put and built: code that asks for these finds its own files. */
const ownPlace =
  /node_modules|\bdist\b|\bbuild\b|\blib\b|\bsrc\b|site-packages|\.asar|\.pyc|\.exe|^["'`][\\/.]*["'`]$|\\\\/;

/** What only speaks, paints or listens changes no result. */
const quietCall =
  /^(?:console\.\w+|print|log\w*(?:\.\w+)*|warnings?\.warn|warn|debug|process\.(?:stdout|stderr)\.write|\w+\.(?:listen|log|info|warn|debug)|spinner\.\w+)\s*\(/;
const quietName =
  /colou?r|interactive|tty|spinner|silent|verbose|quiet|telemetry|analytics|prompt|^log|logg|progress|unicode|retr(y|ies)|workers|report|debug|^update|notif|browser|headless|screen/i;
/** Files that set tools up: there CI is what they are about. */
const setting =
  /(?:^|\/)(?:scripts?|tools?|bench(?:marks?)?|examples?|docs?|\.[\w-]+)\/|\.(?:config|conf|setup)\.[cm]?[jt]s$|(?:^|\/)(?:\.[\w.-]+|[\w.]*settings|noxfile|setup|gulpfile|Gruntfile|conf)\.(?:[cm]?[jt]s|py)$/i;

/** Where a unit of code stands: the path of its file, and the whole text. */
type AskedIn = { path: string; unit: CodeUnit; text: string };

/** One kind of question; where `mayBeQuiet` it is let pass in what only speaks, and where `isExcused` says so. */
type EnvironmentQuestion = {
  asks: (text: string, unit: CodeUnit) => boolean;
  message: string;
  mayBeQuiet?: true;
  isExcused?: (place: AskedIn) => boolean;
};

const questions: EnvironmentQuestion[] = [
  {
    asks: (text) => runnerRead.test(text),
    message: "This code reads a variable that only a test runner sets.",
  },
  {
    asks: (text) => testMode.test(text) || lifecycle.test(text),
    message: "This code asks whether it is tested, and does something else then.",
    mayBeQuiet: true,
  },
  {
    asks: (text) => ciRead.test(text),
    message: "What this code does depends on whether CI runs it.",
    mayBeQuiet: true,
    isExcused: ({ path, unit }) => setting.test(path) || namesOnly(unit),
  },
  {
    asks: (text) =>
      argv.test(text) &&
      (runnerWord.test(text) || ((program.test(text) || partOfArgument.test(text)) && testWord.test(text))),
    message: "This code looks for a test runner among the arguments of the process.",
  },
  {
    asks: (text) => testsAreThere.test(text) || readsTests(text),
    message: "This code looks for the tests beside it.",
    isExcused: ({ path }) => setting.test(path),
  },
  { asks: admitsOneNumber, message: "This condition admits one whole number and is written as a range." },
  { asks: asksWhere, message: "What this code does depends on the directory in which it runs." },
  {
    asks: (text) => stack.test(text) && namesTests(text),
    message: "This code looks for a test in the stack of its callers.",
  },
  { asks: asksForCaller, message: "What this code does depends on who calls it.", mayBeQuiet: true },
  {
    asks: asksForProcess,
    message: "What this code does depends on the process in which it runs.",
    mayBeQuiet: true,
    isExcused: ({ path }) => setting.test(path),
  },
  { asks: asksForDigest, message: "This condition picks an input by its digest." },
  {
    asks: (text) => modules.test(text) && namesTests(text),
    message: "This code asks whether a test runner is loaded.",
  },
  { asks: (text) => globals.test(text), message: "This code asks for the globals of a test runner." },
  { asks: asksForDate, message: "What this code does changes on a fixed date.", mayBeQuiet: true },
  {
    asks: asksForLuck,
    message: "Chance decides what this code does.",
    mayBeQuiet: true,
    isExcused: ({ path, unit, text }) =>
      takesChances(`${functionAround(unit.node, text)?.name} ${unit.name} ${path}`),
  },
];

/** What a variable may stand for, so that the question is not seen where it is asked. */
const sources =
  /\bprocess\.(?:env|argv|execArgv|ppid|uptime\(\)|cwd\(\))|createHash\(|hexdigest\(|currentframe\(|\bos\.(?:environ|getenv|getcwd)|\bsys\.(?:argv|modules|_getframe)|\.stack\b|extract_stack|inspect\.stack|require\.(?:cache|main)|Date\.(?:now|UTC|parse)\(|new Date\(|\bdate(?:time)?\(\d{4}|\.(?:today|now)\(\)|time\.time\(\)|=\s*(?:Math\.random|random\.random)\(\);?$/;

/** Finds what the code of one file asks about who runs it, where and when; `text` has no comments. */
export function findQuestions(
  path: string,
  { units, text }: { units: CodeUnit[]; text: string },
): Suspicion[] {
  const aliases = new Map<string, string>();
  const counters = countersIn(text);
  return units.flatMap((unit) => {
    const whole = expand(unit.text, aliases);
    if (unit.name && sources.test(whole) && !quietName.test(unit.name)) {
      const value = whole
        .slice(whole.indexOf("=") + 1)
        .trim()
        .replace(/;$/, "");
      if (value.length <= 300) aliases.set(unit.name, value);
    }
    const message = messageFor(whole, { path, unit, text }, counters);
    return message === undefined ? [] : [suspect(unit.line, { about: unit.text, message })];
  });
}

/** What a unit asks, `whole` with the names in it written out; what is excused asks nothing. */
function messageFor(whole: string, place: AskedIn, counters: string[]): string | undefined {
  const { unit } = place;
  const isQuiet = onlySpeaks(unit) || quietName.test(unit.name);
  const found = questions.find(({ asks, mayBeQuiet }) => !(mayBeQuiet && isQuiet) && asks(whole, unit));
  if (found) return found.isExcused?.(place) ? undefined : found.message;
  return isQuiet ? undefined : messageByFile(place, counters);
}

/** What is a question only by what the rest of the file does. */
function messageByFile({ path, unit, text }: AskedIn, counters: string[]): string | undefined {
  if (setting.test(path)) return undefined;
  if (asksForTerminal(unit.text, text)) return "This code asks for a terminal, and writes to none.";
  return countsCalls(unit, counters) ? "What this code gives depends on how often it was called." : undefined;
}

/** A name for CI is no use of it: what uses the name is looked at. */
function namesOnly({ name, text }: CodeUnit): boolean {
  return name !== "" && !/\?[^.?]|&&[^&]*["'\d]|\?\?[^?]*\d/.test(text);
}

function expand(text: string, aliases: Map<string, string>): string {
  const whole = text.replace(/(?<![.\w$"'`])[A-Za-z_$][\w$]*(?![\w$"'`]|\s*(?:=[^=]|:))/g, (name) => {
    const value = aliases.get(name);
    return value === undefined ? name : `(${value})`;
  });
  return whole.slice(0, 3_000);
}

function onlySpeaks({ body, text }: CodeUnit): boolean {
  if (body === "") return quietCall.test(text);
  const inner = body.trim().replace(/^[{:]\s*|\s*\}$/g, "");
  const lines = inner.split(/[;\n]+/).map((line) => line.trim());
  return lines.every((line) => line === "" || line === "return" || quietCall.test(line));
}

function asksWhere(text: string): boolean {
  return asked.some((pattern) => {
    const found = pattern.exec(text)?.groups?.text;
    return found !== undefined && found.length > 3 && !ownPlace.test(found) && !/__name__/.test(text);
  });
}

function admitsOneNumber(text: string): boolean {
  return [...text.matchAll(bounds)].some(({ groups = {} }) => {
    const low = Number(groups.low ?? groups.below) + ((groups.from ?? groups.least) === "" ? 1 : 0);
    const high = Number(groups.high ?? groups.above) - ((groups.to ?? groups.most) === "" ? 1 : 0);
    return low === high && low > 1;
  });
}
