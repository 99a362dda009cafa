import { gainedAssertions } from "./gains.ts";
import type { Pairing } from "./pair-tests.ts";
import type { Assertion, Little, TestCase } from "./suite.ts";
import { titled } from "./titled.ts";
import type { Weakness } from "./weakness.ts";

/** More of them say nothing new. */
const most = 5;
const longest = 60;

type NewAssertion = { path: string; test: TestCase; assertion: Assertion };
type LittleAssertion = NewAssertion & { little: Little };

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
  const little = all.flatMap((one): LittleAssertion[] => {
    const found = one.assertion.little;
    const isLittle = found && (found.how !== "there" || always.has(found.of));
    return isLittle && one.test.kind === "test" ? [{ ...one, little: found }] : [];
  });
  const isAll = little.length === all.length;
  const found = isAll ? little : little.filter((one) => one.little.how === "tuple");
  return found.slice(0, most).map((one) => weaknessOf(one, isAll));
}

function weaknessOf({ path, test, assertion, little }: LittleAssertion, isAll: boolean): Weakness {
  const message = `${titled(test)} ${saidOf(assertion, little)}${isAll ? ", and no other assertion is new" : ""}`;
  return { weight: "attention", path, line: assertion.line, message };
}

function saidOf({ subject }: Assertion, little: Little): string {
  const what = subject.length > longest ? `${subject.slice(0, longest)}…` : subject;
  switch (little.how) {
    case "itself":
      return `compares \`${what}\` with itself`;
    case "tuple":
      return `asserts a tuple, which is always true: \`${what}\``;
    case "always":
      return `asserts \`${what}\`, which is always true`;
    case "there":
      return `asks only whether \`${little.of}\` gives something, which it always does`;
  }
}
