import { matcherOf } from "../weakened-tests/matchers.ts";
import { alterScript, isSpread } from "./alter-script.ts";
import { type Break, type Edit, inserted, instead, mark } from "./edit.ts";
import type { ChainPart } from "./parts-of.ts";

/** A chain that begins with `expect(…)` or has `.should`: where it is opened, and what follows. */
type Expectation = { opened: ChainPart; rest: ChainPart[]; text: string };

/** Breaks `expect(a).toBe(b)`, `expect(a).to.equal(b)` and `a.should.equal(b)`; undefined where the chain is none of them. */
export function breakExpectation(parts: ChainPart[], text: string): Break | undefined {
  const should = parts.findIndex(({ name }, at) => at > 0 && name === "should");
  const at = should > 0 ? should : parts.findIndex(({ call }) => call);
  const opened = parts[at];
  if (!opened || (should < 0 && parts[0]?.name !== "expect")) return undefined;
  const rest = parts.slice(at + 1);
  const denial = rest.find(({ name }) => name === "not" || name === "never");
  if (denial) return instead(denial, "");
  const matcher = rest.findLast(({ name }) => matcherOf(name)) ?? rest.findLast(({ call }) => call);
  if (!matcher) return "it compares nothing";
  const family = matcherOf(matcher.name)?.name ?? "";
  return breakers[family]?.(matcher, { opened, rest, text }) ?? denyExpectation({ opened, rest, text });
}

/** How each family of comparisons is edited so that it must fail; undefined: `.not` is put before it. */
const breakers: Record<string, (matcher: ChainPart, expectation: Expectation) => Break | undefined> = {
  equal: altered,
  contains: altered,
  kind: (matcher, { text }) => {
    const [first] = matcher.call?.items ?? [];
    if (first && /instance/i.test(matcher.name)) return instead(first, "class Drafthorse {}");
    return first && /String$/.test(first.node.name) ? alterScript(first, text) : undefined;
  },
  like: (matcher, expectation) => {
    const [first] = matcher.call?.items ?? [];
    const isPattern = /^(toMatch|match|matches)$/.test(matcher.name);
    return first && isPattern ? instead(first, "/(?!)/") : altered(matcher, expectation);
  },
  length: (matcher, { text }) => plus(matcher, { by: "1", text }),
  calledtimes: (matcher, { text }) => plus(matcher, { by: "1", text }),
  near: (matcher, { text }) => plus(matcher, { by: "1e9", text }),
  compares: ({ call }) => {
    const [first] = call?.items ?? [];
    return first && instead(first, "NaN");
  },
  calledwith: ({ name, call }) => {
    const first = call?.items[0];
    if (!call) return undefined;
    if (/nth/i.test(name) && first) return inserted(first.to, `, "${mark}"`);
    return inserted(call.from + 1, first ? `"${mark}", ` : `"${mark}"`);
  },
  throws: ({ name }, { opened, rest }) => {
    const first = opened.call?.items[0];
    if (!first || opened.name === "should") return undefined;
    const isPromised = /reject/i.test(name) || rest.some((part) => part.name === "rejects");
    return instead(first, isPromised ? "Promise.resolve()" : "() => {}");
  },
  snapshot: () => "its expected value is a snapshot",
  type: () => "it compares types",
  typelike: () => "it compares types",
};

function altered({ call }: ChainPart, { text }: Expectation): Break | undefined {
  const [first] = call?.items ?? [];
  if (!first) return undefined;
  return isSpread(first, text) ? "its expected value is spread" : alterScript(first, text);
}

function plus({ call }: ChainPart, { by, text }: { by: string; text: string }): Edit[] | undefined {
  const [first] = call?.items ?? [];
  return first && instead(first, `(${text.slice(first.from, first.to)}) + ${by}`);
}

/** Puts `.not` before the comparison, behind the word that waits for a promise. */
function denyExpectation({ opened, rest }: Expectation): Edit[] {
  const waits = rest.find(({ name }) => /^(resolves|rejects|eventually)$/.test(name));
  return inserted((waits ?? opened).call?.to ?? (waits ?? opened).to, ".not");
}
