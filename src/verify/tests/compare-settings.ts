import { commandWeaknesses } from "./command-weaknesses.ts";
import type { Weakness } from "./compare-tests.ts";
import { lineOfKey } from "./line-of-key.ts";
import type { Settings } from "./read-settings.ts";

/** Both sides of one file of settings, and what it says now. */
export type SettingsFile = { path: string; before: Settings; after: Settings; text: string };

const ignores =
  /(^|\.)(testPathIgnorePatterns|modulePathIgnorePatterns|coveragePathIgnorePatterns|watchPathIgnorePatterns|testIgnore|excludeSpecPattern|collect_ignore(_glob)?|norecursedirs|omit|exclude|ignore|ignorePatterns|ignoredFiles)$/;
const matches =
  /(^|\.)(testMatch|testRegex|specPattern|spec|testpaths|python_files|python_classes|python_functions|files|include)$/;
const thresholds =
  /coverageThreshold|thresholds?\b|(^|\.)fail_under$|codecov|(^|\.)(branches|lines|functions|statements)$|coverage\.status\..*\.target$/i;
const switches =
  /(^|\.)(check-?coverage|allow-incomplete-coverage|disable-coverage|passWithNoTests|bail|forbidOnly|forbid-only|failWithoutAssertions|allowEmptyCoverage)$/i;
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

type Sides = { before: string[] | undefined; after: string[] | undefined; file: SettingsFile };

function weaknessesOf(key: string, { before, after, file }: Sides): string[] {
  if (commands.test(key) || /\.taprc|pytest\.ini/.test(key))
    return commandChange(key, { before, after, file });
  if (switches.test(key)) return file.before.size > 0 ? switchChange(key, { before, after }) : [];
  if (thresholds.test(key) && isCoverage(file.path, key)) return thresholdChange(key, { before, after });
  if (ignores.test(key) && isTesting(file.path, key)) return added(key, { before, after, file });
  if (matches.test(key) && isTesting(file.path, key)) return narrowed({ before, after });
  return [];
}

function isCoverage(path: string, key: string): boolean {
  return /threshold|fail_under|target/i.test(key) || /nyc|c8|tap/.test(`${path} ${key}`);
}

function isTesting(path: string, key: string): boolean {
  if (/(^|\/)(package\.json|pyproject\.toml|setup\.cfg|vite\.config\.\w+|deno\.jsonc?)$/.test(path))
    return /test|jest|nyc|c8|mocha|ava|\btap\b|coverage|pytest/i.test(key);
  return true;
}

function thresholdChange(key: string, { before, after }: Omit<Sides, "file">): string[] {
  const [was, is] = [numberOf(before), numberOf(after)];
  if (was === undefined || was < 0) return [];
  if (is === undefined) return after || /(^|\.)tap\./.test(key) ? [] : [`the threshold ${was} was removed`];
  return is < was ? [`the threshold was lowered from ${was} to ${is}`] : [];
}

function numberOf(values: string[] | undefined): number | undefined {
  const value = Number((values?.[0] ?? "").replace("%", ""));
  return values?.[0] && !Number.isNaN(value) ? value : undefined;
}

function switchChange(key: string, { before, after }: Omit<Sides, "file">): string[] {
  const strict = /check-?coverage|forbid-?only|failWithoutAssertions/i.test(key);
  const [was, is] = [before?.[0], after?.[0]];
  if (strict && is === "false" && was !== "false") return ["turned off"];
  if (strict && was === "true" && is === undefined) return ["no longer asked for"];
  const lax = /allow|disable|passWithNoTests/i.test(key);
  return lax && is === "true" && was !== "true" && !(/incomplete/.test(key) && was === "false")
    ? ["turned on"]
    : [];
}

/** A new file that says what coverage leaves out takes nothing away: nothing was measured before. */
function added(key: string, { before, after, file }: Sides): string[] {
  if (file.before.size === 0 && !/test|collect|spec/i.test(key)) return [];
  const known = new Set(before);
  const fresh = (after ?? []).filter(
    (each) => !known.has(each) && !/node_modules|dist|build|coverage|fixtures|\.git|vendor/.test(each),
  );
  return fresh.length > 0 && before !== after ? [`now leaves out ${fresh.slice(0, 3).join(", ")}`] : [];
}

function narrowed({ before, after }: Omit<Sides, "file">): string[] {
  if (!before || !after || before === after) return [];
  const left = new Set(after);
  const gone = before.filter((each) => !left.has(each));
  return gone.length > 0 && after.length > 0 && after.every((each) => before.includes(each))
    ? [`no longer takes in ${gone.slice(0, 3).join(", ")}`]
    : [];
}

function commandChange(key: string, { before, after, file }: Sides): string[] {
  const [was, is] = [before?.join(" "), after?.join(" ")];
  if (was === is || was === undefined) return is && !/scripts\./.test(key) ? commandWeaknesses("", is) : [];
  if (is === undefined)
    return /scripts\.test$/.test(key) && !isKept(was, file) ? ["the script was removed"] : [];
  return commandWeaknesses(was, is);
}

function isKept(command: string, { after }: SettingsFile): boolean {
  return [...after.values()].some((values) => values.join(" ").includes(command));
}
