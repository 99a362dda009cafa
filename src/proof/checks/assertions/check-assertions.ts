import type { AssertionTrial, BrokenAssertion } from "../../../domain/evidence/assertion-trial.ts";
import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import { isGreenExit } from "../../../domain/evidence/is-green-exit.ts";

const name = "assertions";
/** More findings than these are counted in the line, not listed. */
const mostFindings = 50;

/**
 * The check `assertions`: what is new or changed, and what shows the change, is broken once each. What leaves the command
 * green cannot fail. `why` says why there was no trial.
 */
export function checkAssertions(trial: AssertionTrial | undefined, why = ""): CheckRow<"assertions"> {
  if (!trial) return { name, status: "not measured", line: why, findings: [] };
  const found = survivorsOf(trial);
  const { noticed, left } = trial;
  const all = noticed + found.length;
  const rest = [...describeUntried(trial), ...(left > 0 ? [`${left} left: there was no time for them`] : [])];
  const line = (told: string) => [told, ...rest].join("; ");
  if (found.length > 0)
    return {
      name,
      status: "attention",
      line: line(describeFound(found.length, all)),
      findings: assertionFindings(found),
    };
  if (all + left === 0 && trial.untried.length === 0 && trial.unread.length === 0)
    return { name, status: "pass", line: "no assertion was added or changed", findings: [] };
  const told = all === 0 ? "no assertion was broken" : describeNoticed(all);
  return { name, status: all === 0 || left > 0 ? "not measured" : "pass", line: line(told), findings: [] };
}

/** What was broken in a run that stayed green; files that the command does not run are left out. */
export function survivorsOf({ runs, unread }: Pick<AssertionTrial, "runs" | "unread">): BrokenAssertion[] {
  return runs
    .filter(isGreenExit)
    .flatMap(({ broken }) => broken.filter(({ path }) => !unread.includes(path)));
}

function describeFound(count: number, all: number): string {
  const who =
    all === 1 ? "the one assertion that was broken" : `${count} of ${all} assertions that were broken`;
  return `${who} cannot fail: the command is as green as before`;
}

function describeNoticed(all: number): string {
  return all === 1
    ? "1 assertion was broken, and its test was red"
    : `${all} assertions were broken, and each time a test was red`;
}

function describeUntried({ untried, unread }: AssertionTrial): string[] {
  const reasons = untried.map(({ why, count }) => (count === 1 ? why : `${why} (${count})`));
  const files = unread.length > 0 ? [`the command does not run ${unread.join(", ")}`] : [];
  const count = untried.reduce((sum, one) => sum + one.count, 0);
  return [...(count > 0 ? [`${count} not tried: ${reasons.join(", ")}`] : []), ...files];
}

function assertionFindings(found: BrokenAssertion[]): Finding[] {
  return found.slice(0, mostFindings).map(({ path, line, text, test }) => ({
    ...{ path, line },
    message: `\`${text.replaceAll("`", "'")}\`${test === "" ? "" : ` in “${test}”`} cannot fail: made one that must fail, it leaves the command green`,
  }));
}
