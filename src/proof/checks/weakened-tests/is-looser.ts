import { looseness } from "./assertion.ts";
import type { Assertion } from "./suite.ts";
import { wordsOf } from "./words.ts";

/** Whether an assertion admits more than the one before it on the same subject. */
export function admitsMore(before: Assertion, after: Assertion): boolean {
  const isEqual = (each: Assertion): boolean => each.matcher === "equal";
  if (isEqual(before) && isEqual(after) && before.negated === after.negated)
    return isApproximate(after) && !isApproximate(before)
      ? !isExactEnough(before, after)
      : isLooser(before, after);
  if (isEqual(before) && after.matcher === "near") return !isExactEnough(before, after);
  if (after.matcher === "length" && / \. (length|size)$/.test(before.subject)) return false;
  return after.strength < before.strength || isLooser(before, after);
}

function isApproximate({ argument }: Assertion): boolean {
  return /\bapprox\b/.test(argument);
}

/** Distances up to this are those of arithmetic with floats. */
const floatsDifferBy = 1e-6;
/** The same where the expected value has decimals, and was rounded. */
const roundedBy = 1e-2;

function isExactEnough(before: Assertion, after: Assertion): boolean {
  const distance = tolerance(after.argument);
  const isDefault = isApproximate(after) && distance === 0;
  const most = /\d\.\d/.test(before.argument) ? roundedBy : floatsDifferBy;
  return isDefault || (distance > 0 && distance <= most);
}

function isLooser(before: Assertion, after: Assertion): boolean {
  if (before.matcher !== after.matcher) return false;
  if (looseness(after.argument) > looseness(before.argument)) return true;
  if (before.matcher === "near") return tolerance(after.argument) > tolerance(before.argument);
  if (before.argument.includes("approx")) return tolerance(after.argument) > tolerance(before.argument);
  if (before.matcher === "throws") return expectsMoreErrors(before, after);
  if (before.matcher !== "like") return false;
  const [full, part] = [wordsOf(before.argument), wordsOf(after.argument)];
  const entries = (words: string[]): number => words.filter((word) => word === ":").length;
  const known = new Set(full);
  return entries(part) < entries(full) && part.every((word) => known.has(word));
}

/** The greatest distance that an approximate comparison allows; digits of precision count as their power of ten. */
function tolerance(argument: string): number {
  const named = /\b(?:abs|rel|delta|atol|rtol|abs_tol|rel_tol)\s*=\s*(?<value>[\d.]+(?:e\s?-\s?\d+)?)/.exec(
    argument,
  );
  if (named) return Number(named.groups?.value?.replaceAll(" ", ""));
  const numbers = argument.match(/\d[\d.]*(?:e\s?-\s?\d+)?/g) ?? [];
  const last = Number(numbers.at(-1)?.replaceAll(" ", ""));
  if (numbers.length < 2 || Number.isNaN(last)) return 0;
  return Number.isInteger(last) && last > 0 && last < 16 ? 10 ** -last : last;
}

/** The message of an error is not asked for any more, or further kinds of errors will do. */
function expectsMoreErrors(before: Assertion, after: Assertion): boolean {
  const [was, is] = [before.argument, after.argument].map((each) => each.split(/ ?match = ?/));
  if (before.negated || after.negated || !was || !is) return false;
  if (was.length > is.length && was[0] === is[0]) return true;
  const kinds = (text = ""): string[] => wordsOf(text).filter((word) => /^[A-Z]/.test(word));
  const [old, now] = [kinds(was[0]), kinds(is[0])];
  return old.length > 0 && now.length > old.length && old.every((kind) => now.includes(kind));
}
