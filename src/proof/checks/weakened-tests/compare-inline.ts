import { isTestPath } from "../../../domain/paths/test-path.ts";
import { literalsIn } from "../conditions/literals.ts";
import type { Loss } from "./compare-assertions.ts";
import { type Gains, gainedAssertions } from "./gains.ts";
import type { Pair } from "./pair-tests.ts";
import type { Assertion } from "./suite.ts";

/**
 * What the tests of a file that holds code as well expect otherwise than before. The base's tests cannot be run over such
 * a change as files, as Rust's unit tests stand in the file of their code: so the text is all that tells.
 */
export function compareInline({ before, after }: Pair, gains: Gains): Loss[] {
  if (!/\.rs$/.test(after.path) || isTestPath(after.path) || after.test.kind === "file") return [];
  const [was, is] = [before.test.assertions, after.test.assertions];
  const lost = gainedAssertions(is, was).filter(({ key }) => !gains.keys.has(key));
  const fresh = gainedAssertions(was, is);
  const panics = fresh.find(isPanic);
  const now =
    panics && !lost.some(isPanic) ? [{ message: "it is expected to panic now", line: panics.line }] : [];
  return [
    ...now,
    ...replaced(
      lost,
      fresh.filter((each) => !isPanic(each)),
    ),
  ];
}

function isPanic({ subject }: Assertion): boolean {
  return /should_panic/.test(subject);
}

/** Pairs what is gone with what stands in its place, in their order. */
function replaced(lost: Assertion[], fresh: Assertion[]): Loss[] {
  return lost.flatMap((was, at): Loss[] => {
    const is = fresh[at];
    if (!is || !expectsOther(was.subject, is.subject)) return [];
    return [{ message: `“${told(was)}” became “${told(is)}”`, line: is.line }];
  });
}

/** Another value, or a condition in the place of an equality: not a new name or a message. */
function expectsOther(was: string, is: string): boolean {
  const values = new Set(literalsIn(is));
  const isEquality = (text: string): boolean => /assert_(?:eq|ne|matches)|[=!] =|[=!]=/.test(text);
  return literalsIn(was).some((value) => !values.has(value)) || (isEquality(was) && !isEquality(is));
}

function told({ subject }: Assertion): string {
  const plain = subject.replace(/\s*([.()[\]!_])\s*/g, "$1");
  return plain.length > 60 ? `${plain.slice(0, 57)}…` : plain;
}
