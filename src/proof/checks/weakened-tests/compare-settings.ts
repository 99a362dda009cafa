import { isTestPath } from "../../../domain/paths/test-path.ts";
import { compareCommands } from "./compare-commands.ts";
import { lineOfKey } from "./line-of-key.ts";
import type { SettingSides, Settings, SettingsFile } from "./read-settings.ts";
import type { Weakness } from "./weakness.ts";

const ignores =
  /(^|\.)(testPathIgnorePatterns|modulePathIgnorePatterns|coveragePathIgnorePatterns|watchPathIgnorePatterns|testIgnore|excludeSpecPattern|collect_ignore(_glob)?|norecursedirs|omit|exclude|ignore|ignorePatterns|ignoredFiles)$/;
const matches =
  /(^|\.)(testMatch|testRegex|specPattern|spec|testpaths|python_files|python_classes|python_functions|files|include)$/;
const thresholds =
  /coverageThreshold|thresholds?\b|(^|\.)fail[-_]under$|codecov|(^|\.)(branches|lines|functions|statements)$|coverage\.status\..*\.target$/i;
const switches =
  /(^|\.)(check-?coverage|allow-incomplete-coverage|disable-coverage|passWithNoTests|bail|forbidOnly|forbid-only|failWithoutAssertions|allowEmptyCoverage|dangerouslyIgnoreUnhandledErrors|ignore_outcome|informational|xfail_strict|autotests|lib\.test)$|(^|\.)compilerOptions\.(strict\w*|no(Implicit|Unchecked|Unused|Fallthrough)\w+|exactOptionalPropertyTypes|checkJs)$/i;
/** Switches under which a run without a single check is a success: those count in a new file too. */
const silences = /passWithNoTests|dangerouslyIgnoreUnhandledErrors|ignore_outcome/;
const names = /(^|\.)(testNamePattern|f?grep)$/;
const repetitions = /(^|\.)(retry|retries|reruns)$/;
const commands =
  /(^|\.)scripts\.[\w:.-]*(test|unit|spec|ci|check|verify|coverage|e2e)[\w:.-]*$|(^|\.)(addopts|commands|test-command)$/;

/** Finds thresholds lowered, tests ignored and commands that check less; what moved to another file is not lost. */
export function compareSettings(files: SettingsFile[]): Weakness[] {
  const elsewhere = (key: string): string[][] => files.flatMap(({ after }) => valuesLike(after, key));
  const hadElsewhere = (key: string): string[][] => files.flatMap(({ before }) => valuesLike(before, key));
  return files.flatMap((file) => {
    const keys = new Set([...file.before.keys(), ...file.after.keys()]);
    return [...keys].flatMap((key) => {
      const before = file.before.get(key) ?? hadElsewhere(key)[0];
      const after = file.after.get(key) ?? elsewhere(key)[0];
      return weaknessesOf(key, { before, after, file }).map((message) => ({
        weight: "attention" as const,
        path: file.path,
        line: lineOfKey(file.text, key),
        message: `${key.replace(/^\./, "")}: ${message}`,
      }));
    });
  });
}

/** Values under the same last two keys, since a file of its own drops the name of the tool. */
function valuesLike(settings: Settings, key: string): string[][] {
  const tail = tailOf(key);
  return [...settings].flatMap(([other, values]) => (tailOf(other) === tail ? [values] : []));
}

function tailOf(key: string): string {
  return key
    .split(".")
    .slice(-2)
    .join(".")
    .replace(/^(jest|test|nyc|c8|vitest)\./, "");
}

/** Other files in the place of those that are imported. */
const standIns = /(^|\.)(moduleNameMapper|alias|_moduleAliases|paths)\./;

/** A file of the tests in the place of code; what stands for styles and pictures, and for packages, is let pass. */
function replacedCode(key: string, { before, after }: SettingSides): string[] {
  const pattern = key.slice(key.search(standIns)).replace(standIns, "").replace(/\\/g, "");
  const isCodeOfOurs = /(^|[/.^(])(src|lib|app|\.\.?)\/|\/[\w-]+\.[cm]?[jt]sx?\b/.test(pattern);
  const target = after?.[0] ?? "";
  return isCodeOfOurs && before?.[0] !== target && isTestPath(target.replace(/^(<rootDir>|\.)\//, ""))
    ? [`the tests get ${target} in its place`]
    : [];
}

type SettingComparison = (key: string, sides: SettingSides) => string[];

/** What is asked of a key, and what its change may weaken: the first that fits says it. */
const comparisons: [fits: (key: string, path: string) => boolean, compare: SettingComparison][] = [
  [(key) => commands.test(key) || /\.taprc|pytest\.ini/.test(key), compareCommands],
  [(key) => switches.test(key), switched],
  [(key) => standIns.test(key), replacedCode],
  [(key, path) => names.test(key) && isTesting(path, key), narrowedToNames],
  [(key, path) => repetitions.test(key) && isTesting(path, key), repeated],
  [(key, path) => thresholds.test(key) && isCoverage(path, key), thresholdChange],
  [(key, path) => ignores.test(key) && isTesting(path, key), addedValues],
  [(key, path) => matches.test(key) && isTesting(path, key), narrowed],
];

function weaknessesOf(key: string, sides: SettingSides): string[] {
  const [, compare] = comparisons.find(([fits]) => fits(key, sides.file.path)) ?? [];
  return compare ? compare(key, sides) : [];
}

function isCoverage(path: string, key: string): boolean {
  return /threshold|fail[-_]under|target/i.test(key) || /nyc|c8|tap/.test(`${path} ${key}`);
}

function isTesting(path: string, key: string): boolean {
  if (
    /(^|\/)(package\.json|pyproject\.toml|setup\.cfg|Cargo\.toml|vite\.config\.\w+|deno\.jsonc?)$/.test(path)
  )
    return /test|jest|nyc|c8|mocha|ava|\btap\b|coverage|pytest/i.test(key);
  return true;
}

function thresholdChange(key: string, { before, after }: SettingSides): string[] {
  const [was, is] = [numberOf(before), numberOf(after)];
  if (was === undefined || was < 0) return [];
  // What codecov calls a threshold is by how much the coverage may fall.
  if (/codecov|coverage\.status/.test(key) && key.endsWith(".threshold"))
    return is !== undefined && is > was ? [`may fall by ${is} instead of ${was}`] : [];
  if (is === undefined) return after || /(^|\.)tap\./.test(key) ? [] : [`the threshold ${was} was removed`];
  return is < was ? [`the threshold was lowered from ${was} to ${is}`] : [];
}

function numberOf(values: string[] | undefined): number | undefined {
  const value = Number((values?.[0] ?? "").replace("%", ""));
  return values?.[0] && !Number.isNaN(value) ? value : undefined;
}

function switched(key: string, { before, after, file }: SettingSides): string[] {
  if (file.before.size === 0 && !silences.test(key)) return [];
  const strict =
    /check-?coverage|forbid-?only|failWithoutAssertions|xfail_strict|autotests|lib\.test|compilerOptions/i.test(
      key,
    );
  const [was, is] = [before?.[0]?.toLowerCase(), after?.[0]?.toLowerCase()];
  if (strict && is === "false" && was !== "false") return ["turned off"];
  if (strict && was === "true" && is === undefined && !key.includes("compilerOptions"))
    return ["no longer asked for"];
  const lax = /allow|disable|passWithNoTests|dangerously|ignore_outcome|informational/i.test(key);
  return lax && is === "true" && was !== "true" && !(/incomplete/.test(key) && was === "false")
    ? ["turned on"]
    : [];
}

/** What a compiler leaves out matters here as far as it checks the tests. */
function concernsTests(key: string, value: string): boolean {
  return !key.startsWith("tsconfig") || /test|spec/i.test(value);
}

/** A new file that says what coverage leaves out takes nothing away: nothing was measured before. */
function addedValues(key: string, { before, after, file }: SettingSides): string[] {
  if (file.before.size === 0 && !/test|collect|spec/i.test(key)) return [];
  const known = new Set(before);
  const fresh = (after ?? []).filter(
    (each) =>
      !known.has(each) &&
      concernsTests(key, each) &&
      !/node_modules|dist|build|coverage|fixtures|\.git|vendor/.test(each),
  );
  return fresh.length > 0 && before !== after ? [`now leaves out ${fresh.slice(0, 3).join(", ")}`] : [];
}

function narrowedToNames(_: string, { before, after }: SettingSides): string[] {
  return after?.[0] && before?.[0] !== after[0] ? [`runs only the tests of some names: ${after[0]}`] : [];
}

function repeated(_: string, { before, after }: SettingSides): string[] {
  const [was = 0, is] = [numberOf(before), numberOf(after)];
  return is !== undefined && is > was ? [`what failed is tried again, ${is} times instead of ${was}`] : [];
}

/** The files of tests by name, where a new configuration takes in no others. */
function narrowedToFiles(after: string[] | undefined): string[] {
  const isOneFile = (each: string): boolean => /(^|\/)[^/*{}[\]()!]+\.[cm]?[jt]sx?$/.test(each);
  return after && after.length > 0 && after.every(isOneFile)
    ? [`takes in only ${after.slice(0, 3).join(", ")}`]
    : [];
}

function narrowed(key: string, { before, after, file }: SettingSides): string[] {
  if (!before && file.before.size === 0 && !key.startsWith("tsconfig")) return narrowedToFiles(after);
  if (!before || !after || before === after) return [];
  const left = new Set(after);
  const gone = before.filter((each) => !left.has(each) && concernsTests(key, each));
  return gone.length > 0 && after.length > 0 && after.every((each) => before.includes(each))
    ? [`no longer takes in ${gone.slice(0, 3).join(", ")}`]
    : [];
}
