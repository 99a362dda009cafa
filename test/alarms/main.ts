import type { Check } from "../../src/domain/evidence/evidence.ts";
import { stepsOf } from "./history-of.ts";
import { lookAt, type Seen } from "./look-at.ts";
import { packages } from "./packages.ts";
import { type Right, rules } from "./rule.ts";

/**
 * What the rows that read a diff say of honest changes: `npm run test:alarms`, or `-- pino qs` for the packages whose names
 * begin so, and `-- --say tests` to read what a row said. Needs the npm registry; what it fetched stays in
 * `~/.cache/drafthorse-alarms`.
 */
const loudness = ["pass", "attention", "fail"];
/** A row that is wrong more often is mended or speaks more softly, in percent of all changes. */
const bound = 2;

type Answer = { step: string; check: Check; right: Right; isAlarm: boolean };

function answersOf({ step, checks, ...released }: Seen): Answer[] {
  return checks.flatMap((check) => {
    const rule = rules[check.name];
    if (!rule) throw new Error(`The row ${check.name} has no rule in test/alarms/rule.ts.`);
    const right = rule(released);
    const isAlarm = loudness.indexOf(check.status) > loudness.indexOf(right);
    return [{ step: `${step.name} ${step.from} to ${step.to}`, check, right, isAlarm }];
  });
}

/** A release that changes no code is told apart from none by its version alone. */
function isChange({ files }: Seen): boolean {
  return files.some(({ path }) => /\.[cm]?[jt]sx?$/.test(path));
}

function tell(answers: Answer[]): void {
  for (const { step, check, right, isAlarm } of answers)
    if (check.status !== "pass") {
      console.log(
        `${isAlarm ? "✗" : "✓"} ${step}: ${check.name} ${check.status}, ${right} is right: ${check.line}`,
      );
      for (const { path, line, message } of check.findings)
        console.log(`      ${path ?? ""}:${line ?? ""} ${message}`);
    }
}

function rowOf(name: string, answers: Answer[]): { cells: string[]; rate: number } {
  const own = answers.filter(({ check }) => check.name === name);
  const count = (status: Check["status"]) => own.filter(({ check }) => check.status === status).length;
  const [attention, fail] = [count("attention"), count("fail")];
  const alarms = own.filter(({ isAlarm }) => isAlarm).length;
  const rate = (100 * alarms) / own.length;
  const numbers = [own.length, attention, fail, attention + fail - alarms, alarms].map(String);
  return { cells: [name, ...numbers, `${rate.toFixed(1)} %`], rate };
}

const asked = process.argv.slice(2);
const at = asked.indexOf("--say");
const said = at < 0 ? [] : asked.splice(at).slice(1);
const chosen = packages.filter(
  ({ name }) => asked.length === 0 || asked.some((word) => name.startsWith(word)),
);
if (chosen.length === 0)
  throw new Error(
    `No package is called ${asked.join(", ")}. Choose of ${packages.map(({ name }) => name).join(", ")}.`,
  );
const answers: Answer[] = [];
for (const published of chosen)
  for (const step of stepsOf(published)) {
    const seen = await lookAt(step);
    if (isChange(seen)) answers.push(...answersOf(seen));
  }
tell(answers.filter(({ check }) => said.includes(check.name)));
const rows = Object.keys(rules).map((name) => rowOf(name, answers));
console.log(["row", "changes", "attention", "fail", "right", "alarms", "rate"].join(" | "));
for (const { cells } of rows) console.log(cells.join(" | "));
process.exitCode = rows.some(({ rate }) => rate > bound) ? 1 : 0;
