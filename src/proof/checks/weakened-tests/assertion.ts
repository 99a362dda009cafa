import { matcherOf } from "./matchers.ts";
import type { Assertion } from "./suite.ts";
import { plain } from "./words.ts";

/** What a reader found: the matcher's own name, and the texts of what is compared. */
export type FoundAssertion = {
  name: string;
  negated: boolean;
  subject: string;
  argument: string;
  line: number;
};

const literal = /^(true|false|null|undefined|None|True|False|-?\d[\w.]*|"[^"]*"|'[^']*'|`[^`$]*`)$/;
/** What a matcher without an argument compares with, by the end of its name. */
const constants: [RegExp, string][] = [
  [/null$|none$/i, "null"],
  [/undefined$/i, "undefined"],
  [/nan$/i, "NaN"],
  [/^(is_?)?true$/i, "true"],
  [/^(is_?)?false$/i, "false"],
];
/** Placeholders that any value, or many, would fit. */
const placeholder =
  /\b(anything|any|objectContaining|arrayContaining|stringContaining|stringMatching|ANY)\b/g;

/** The assertion that was found, or undefined if it holds whatever the code under test does. */
export function assertionOf(found: FoundAssertion): Assertion | undefined {
  const family = matcherOf(found.name) ?? { name: `custom ${found.name}`, strength: 3 };
  const subject = found.subject.replace(/^(!|not )\s*/, "").trim();
  const constant = found.argument ? undefined : constants.find(([name]) => name.test(found.name))?.[1];
  const argument = plain(constant ?? found.argument);
  if (literal.test(subject) && (found.argument === "" || literal.test(found.argument)) && !constant)
    return undefined;
  const negated =
    (found.negated !== /falsy|^not_?ok|assert_?false/i.test(found.name)) !==
    (subject !== found.subject.trim());
  return {
    key: `${negated ? "not " : ""}${family.name}: ${plain(subject)} | ${family.name === "guard" ? "" : argument}`,
    subject: plain(subject),
    matcher: family.name,
    negated,
    argument,
    strength: strengthOf(family, { subject, argument, negated }),
    line: found.line,
  };
}

/** How many placeholders an expectation has. */
export function looseness(argument: string): number {
  return argument.match(placeholder)?.length ?? 0;
}

function strengthOf(
  family: { name: string; strength: number },
  { subject, argument, negated }: Pick<Assertion, "subject" | "argument" | "negated">,
): number {
  if (family.name === "there") return comparesInside(subject);
  if (family.name === "throws") return throwsStrength(argument, negated);
  if (
    argument &&
    plain(argument)
      .replace(/^expect \. /, "")
      .match(/^(anything|ANY|any)\b/)
  )
    return 2;
  if (negated && family.strength >= 4) return 2;
  if (family.name === "equal" && /^(true|false|null|undefined|True|False|None)$/.test(argument)) return 2;
  return family.strength;
}

/** `assert(a === b)` says as much as `equal(a, b)`. */
function comparesInside(subject: string): number {
  if (/[=!]==?/.test(subject)) return 5;
  if (/[<>]|\binstanceof\b|\bin\b|\.(includes|startsWith|endsWith|test|has|every|some)\(/.test(subject))
    return 3;
  return 2;
}

function throwsStrength(argument: string, negated: boolean): number {
  if (negated) return 1;
  if (/^(Exception|BaseException|Error|Throwable)?$/.test(argument)) return 2;
  return 4;
}
