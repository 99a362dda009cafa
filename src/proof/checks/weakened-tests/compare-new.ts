import { gainedAssertions } from "./gains.ts";
import type { Pairing } from "./pair-tests.ts";
import type { Assertion, TestCase, Vacuity } from "./suite.ts";
import { titled } from "./titled.ts";
import type { Weakness } from "./weakness.ts";

/** More of them say nothing new. */
const most = 5;
const longest = 60;

type NewAssertion = { path: string; test: TestCase; assertion: Assertion };
type VacuousAssertion = NewAssertion & { vacuity: Vacuity };

/**
 * New tests that would be green whatever the code gives: where not one of the assertions that a change adds says more. One
 * that does speaks for the others, but not for a tuple, which nobody means. `always` are functions that give something on each way.
 */
export function compareNew({ pairs, added }: Pairing, always: Set<string>): Weakness[] {
  const all: NewAssertion[] = [
    ...added.flatMap(({ path, test }) => test.assertions.map((assertion) => ({ path, test, assertion }))),
    ...pairs.flatMap(({ before, after: { path, test } }) =>
      gainedAssertions(before.test.assertions, test.assertions).map((assertion) => ({
        path,
        test,
        assertion,
      })),
    ),
  ];
  const vacuous = all.flatMap((one): VacuousAssertion[] => {
    const found = one.assertion.vacuity;
    const isVacuous = found && (found.how !== "there" || always.has(found.of));
    return isVacuous && one.test.kind === "test" ? [{ ...one, vacuity: found }] : [];
  });
  const isAll = vacuous.length === all.length;
  const found = isAll ? vacuous : vacuous.filter((one) => one.vacuity.how === "tuple");
  return found.slice(0, most).map((one) => weaknessOf(one, isAll));
}

function weaknessOf({ path, test, assertion, vacuity }: VacuousAssertion, isAll: boolean): Weakness {
  const message = `${titled(test)} ${saidOf(assertion, vacuity)}${isAll ? ", and no other assertion is new" : ""}`;
  return { weight: "attention", path, line: assertion.line, message };
}

function saidOf({ subject }: Assertion, vacuity: Vacuity): string {
  const what = subject.length > longest ? `${subject.slice(0, longest)}…` : subject;
  switch (vacuity.how) {
    case "itself":
      return `compares \`${what}\` with itself`;
    case "tuple":
      return `asserts a tuple, which is always true: \`${what}\``;
    case "always":
      return `asserts \`${what}\`, which is always true`;
    case "there":
      return `asks only whether \`${vacuity.of}\` gives something, which it always does`;
  }
}
