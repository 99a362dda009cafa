import { assertionOf, type FoundAssertion } from "./assertion.ts";
import { assertsByName, matcherOf } from "./matchers.ts";
import { type Link, type ListedNode, textOf } from "./read-chain.ts";
import { splitComparison } from "./split-comparison.ts";
import type { Assertion } from "./suite.ts";

/** Objects whose methods assert, besides the contexts that tests are handed. */
const libraries = new Set("assert t tt st s2t tap should chai sinon QUnit".split(" "));
/** What `expect` offers besides asserting. */
const makers =
  /^(anything|any|objectContaining|arrayContaining|stringContaining|stringMatching|closeTo|extend|assertions|hasAssertions|unreachable|not|addSnapshotSerializer)$/;

/** Where a chain stands: `contexts` are the names that tests gave their first arguments, `helpers` functions that assert. */
type ChainPlace = { text: string; contexts: Set<string>; helpers: Set<string> };

/** Reads what a chain of a script asserts. */
export function readScriptAssertion(
  chain: Link[],
  { line, ...place }: ChainPlace & { line: number },
): Assertion | undefined {
  const found = expectation(chain, place.text) ?? methodCall(chain, place);
  const assertion = found && assertionOf({ ...found, ...comparedIn(found), line });
  return assertion && isHelperCall(chain, place) ? { ...assertion, isHelperCall: true } : assertion;
}

/** A call of a function of this file that asserts, by a name that does not say so. */
function isHelperCall([root, ...others]: Link[], { helpers }: Pick<ChainPlace, "helpers">): boolean {
  return root !== undefined && others.length === 0 && helpers.has(root.name) && !assertsByName(root.name);
}

/** `ok(a === b)` and `expect(a === b).toBe(true)` compare a with b; `typeof a` asks for a's kind. */
function comparedIn({ name, negated, subject, argument }: ReadAssertion): Partial<ReadAssertion> | undefined {
  const family = matcherOf(name)?.name;
  const isTrue =
    (family === "there" && !/falsy|notok/i.test(name)) ||
    (family === "equal" && (argument || name) === "true");
  if (isTrue && !negated) return splitComparison(subject.replace(/^\((.*)\)$/s, "$1"), "script");
  const typed = /^typeof\s+(?<subject>.+)$/s.exec(subject)?.groups?.subject;
  return typed !== undefined && family === "equal" ? { name: "type", subject: typed } : undefined;
}

type ReadAssertion = Omit<FoundAssertion, "line">;

function expectation(chain: Link[], text: string): ReadAssertion | undefined {
  const [root, second] = chain;
  const should = chain.findIndex(({ name }, index) => name === "should" && (index > 0 || chain.length > 1));
  if (should < 0 && !/^(expect|expectTypeOf|assertType)$/.test(root?.name ?? "")) return undefined;
  if (should < 0 && !root?.args && makers.test(second?.name ?? "")) return undefined;
  const subject =
    should > 0
      ? chain
          .slice(0, should)
          .map(({ name }) => name)
          .join(".") + argumentsOf(chain[should - 1], text)
      : argumentsOf(
          chain.find(({ args }) => args),
          text,
        );
  const rest = chain.slice(should < 0 ? 1 : should + 1);
  const matcher = rest.findLast(({ name }) => matcherOf(name)) ?? rest.findLast(({ args }) => args);
  if (!matcher || subject === "") return undefined;
  const negated = rest.some(({ name }) => name === "not" || name === "never");
  return { name: matcher.name, negated, subject, argument: argumentsOf(matcher, text) };
}

/** What is done with the promise that an assertion gives. */
const afterwards = /^(then|catch|finally)$/;

function methodCall(whole: Link[], { text, contexts, helpers }: ChainPlace): ReadAssertion | undefined {
  const chain = whole.slice(0, whole.findLastIndex(({ name }) => !afterwards.test(name)) + 1);
  const last = chain.at(-1);
  const root = chain[0];
  if (!last?.args || !root) return undefined;
  const alone = chain.length === 1;
  if (
    alone
      ? !assertsByName(root.name) &&
        !helpers.has(root.name) &&
        !(contexts.has(root.name) && matcherOf(root.name))
      : !asserting(chain, contexts)
  )
    return undefined;
  const family = matcherOf(last.name)?.name;
  if (alone && !family)
    return { name: last.name, negated: false, subject: argumentsOf(last, text), argument: "" };
  const [subject = "", ...others] = last.args.map((item) => textOf(item, text));
  const compared = isMessage(family, last.args) ? [] : others.slice(0, comparedArguments(family));
  return { name: last.name, negated: false, subject, argument: compared.join(", ") };
}

/** How many of the arguments after the first are compared with; what follows them is the test's own message. */
function comparedArguments(family: string | undefined): number {
  if (family === "near") return 2;
  return /^(there|defined|guard|runs|called|calledtimes)$/.test(family ?? "") ? 0 : 1;
}

function asserting(chain: Link[], contexts: Set<string>): boolean {
  const root = chain[0]?.name ?? "";
  return (libraries.has(root) || contexts.has(root)) && matcherOf(chain.at(-1)?.name ?? "") !== undefined;
}

/** `throws(fn, "message of the test")` expects no particular error. */
function isMessage(family: string | undefined, args: ListedNode[]): boolean {
  return family === "throws" && /String$/.test(args[1]?.node.name ?? "");
}

function argumentsOf(link: Link | undefined, text: string): string {
  const { args } = link ?? {};
  const [first, last] = [args?.[0], args?.at(-1)];
  return first && last ? textOf({ from: first.from, to: last.to }, text) : "";
}
