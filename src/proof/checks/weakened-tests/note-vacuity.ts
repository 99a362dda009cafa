import type { SyntaxNode, Tree } from "@lezer/common";
import { functionNames } from "./parse-tree.ts";
import type { Assertion, Suite, Vacuity } from "./suite.ts";
import { plain } from "./words.ts";

/** A place in a test: the text of the function around it, and what its names stand for. */
type Surroundings = { text: string; names: Map<string, string> };

/** Longer functions are not looked into for what their names stand for, in characters. */
const longest = 20_000;
/** A name may stand for another, so many times. */
const mostSteps = 4;

/** Notes on each assertion of a test, as far as it has a place, in which way it says nothing. */
export function noteVacuity({ cases }: Suite, { tree, text }: { tree: Tree; text: string }): void {
  for (const { assertions } of cases)
    for (const one of assertions) {
      const vacuity = one.place && vacuityOf(one, { tree, text, place: one.place });
      if (vacuity) one.vacuity = vacuity;
    }
}

type Source = { tree: Tree; text: string; place: { from: number; to: number } };

function vacuityOf(assertion: Assertion, source: Source): Vacuity | undefined {
  const own = source.text.slice(source.place.from, source.place.to);
  if (isAlways(assertion, own)) return { how: "always" };
  const asksOnly = asksWhetherThere(assertion);
  if (!asksOnly && !comparesByValue(assertion, own)) return undefined;
  const around = surroundingNames(source);
  const subject = resolved(assertion.subject, around);
  if (!asksOnly) return isItself(assertion, { subject, around, own }) ? { how: "itself" } : undefined;
  const of = /^(?:await )?(?<name>[\p{L}_$][\p{L}\p{N}_$]*)(?! [.[=<>+])[^.[=<>+&|]*$/u.exec(subject)?.groups
    ?.name;
  return of === undefined ? undefined : { how: "there", of };
}

/** `a === a`, a length that is not below 0, and several of these. */
function isAlways({ matcher, negated, subject, argument }: Assertion, own: string): boolean {
  if (negated) return false;
  if (matcher === "there") return subject.split(" & & ").every((part) => tautology.test(part));
  if (matcher === "equal") return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(subject) && subject === argument;
  const isLength = /(^len\b.*| \. (length|size))$/.test(subject) && argument === "0";
  return matcher === "compares" && isLength && /GreaterThanOrEqual|>=|\bgte\(|least\(|GreaterEqual/.test(own);
}

const tautology = /^(?:(?<side>.+) = =(?: =)? \k<side>|.+ \. (?:length|size) > = 0|len .+ > = 0)$/;

function asksWhetherThere({ matcher, negated, argument }: Assertion): boolean {
  const isNothing = /^(null|undefined|None)$/.test(argument);
  if (matcher === "equal" || matcher === "differs") return isNothing && (negated || matcher === "differs");
  return !negated && /^(there|defined|kind|type)$/.test(matcher);
}

/** Identity is asked of memories; equality by value of the same call is true of every code that is not random. */
function comparesByValue({ matcher, negated }: Assertion, own: string): boolean {
  const byValue =
    /deep|toEqual|toStrictEqual|\beql\b|\bsame\b|^assert\s[^\n]*[^=!<>]==[^=]|assert\w*Equal/i.test(own);
  return matcher === "equal" && !negated && byValue;
}

function isItself(
  { subject, argument }: Assertion,
  found: { subject: string; around: Surroundings; own: string },
): boolean {
  const { around, own } = found;
  const said = [own, around.names.get(subject), around.names.get(argument)].join(" ");
  const isCalled = /[\p{L}\p{N}_$]\s*\(/u.test(
    said.replace(/\b(?:assert|expect|self)\b[\w.]*\s*\(|\)\.\w+\(/g, " "),
  );
  return isCalled && withoutCopy(found.subject) === withoutCopy(resolved(argument, around));
}

const copies = [
  /^\[ \. \. \. (?<whole>.+) \]$/,
  /^{ \. \. \. (?<whole>.+) }$/,
  /^(?:structuredClone|list|tuple|dict|copy \. (?:deep)?copy|Array \. from|JSON \. parse JSON \. stringify) (?<whole>.+)$/,
  /^(?<whole>.+) \. slice$/,
];

function withoutCopy(expression: string): string {
  const own = expression.replace(/^await /, "");
  return copies.map((copy) => copy.exec(own)?.groups?.whole).find((whole) => whole !== undefined) ?? own;
}

/** An expression with what its names stand for in their place, as it is compared. */
function resolved(expression: string, { names }: Surroundings): string {
  let told = expression;
  for (let step = 0; step < mostSteps; step += 1) {
    const next = told.replace(/(?<!(?<!\.) \. )[\p{L}_$][\p{L}\p{N}_$]*/gu, (name) => {
      const value = names.get(name);
      return value === undefined ? name : plain(value);
    });
    if (next === told || next.length > longest) break;
    told = next;
  }
  return told;
}

const declarations =
  /(?:\b(?:const|let|var)\s+|^[ \t]*)(?<list>\[\s*)?(?<name>[A-Za-z_$][\w$]*)(?:\s*\])?\s*=(?![=>])\s*(?<value>[^;\n]+);?/gm;

/** What the names stand for that a function declares and hands to nothing but its assertions and each other. */
function surroundingNames({ tree, text, place }: Source): Surroundings {
  const around = enclosingFunction(tree.resolveInner(place.from, 1));
  const own = around && around.to - around.from <= longest ? text.slice(around.from, around.to) : "";
  const found = [...own.matchAll(declarations)];
  const rest = own
    .replace(declarations, "")
    .replace(/^[^\n]*\b(?:assert\w*|expect|ok|equal)\b\s*[.( ][^\n]*$/gm, "");
  const names = new Map(
    found.flatMap(({ groups }): [string, string][] => {
      const { name = "", value = "", list } = groups ?? {};
      const isUsed = rest.split(/[^\w$]+/).includes(name);
      return isUsed ? [] : [[name, list ? value.trim().replace(/^\[(.*)\]$/, "$1") : value]];
    }),
  );
  return { text: own, names };
}

function enclosingFunction(node: SyntaxNode | null): SyntaxNode | undefined {
  for (let at = node; at; at = at.parent) if (functionNames.test(at.name)) return at;
  return undefined;
}
