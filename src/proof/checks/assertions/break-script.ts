import type { SyntaxNode } from "@lezer/common";
import { matcherOf } from "../weakened-tests/matchers.ts";
import type { ListedNode } from "../weakened-tests/read-chain.ts";
import { alterScript, isSpread } from "./alter-script.ts";
import { isWrittenOut } from "./alter-value.ts";
import { breakExpectation } from "./break-expectation.ts";
import { around, type Break, inserted, instead, mark } from "./edit.ts";
import { type ChainPart, partsOf } from "./parts-of.ts";

/** Makes an assertion of JavaScript or TypeScript one that must fail; `node` is the chain that asserts. */
export function breakScript(node: SyntaxNode, text: string): Break {
  const parts = partsOf(node, text);
  if (/^(expectTypeOf|assertType)$/.test(parts[0]?.name ?? "")) return "it compares types";
  return breakExpectation(parts, text) ?? breakCall(parts, text);
}

/** What is done with the promise that an assertion gives. */
const afterwards = /^(then|catch|finally)$/;

type AssertionCall = { name: string; items: ListedNode[]; last: ChainPart; isAlone: boolean; text: string };

function breakCall(whole: ChainPart[], text: string): Break {
  const parts = whole.slice(0, whole.findLastIndex(({ name }) => !afterwards.test(name)) + 1);
  const last = parts.at(-1);
  const family = last && matcherOf(last.name)?.name;
  if (!last?.call || !family) return "it is a helper's own";
  const { items } = last.call;
  if (items.slice(0, 2).some((item) => isSpread(item, text))) return "its arguments are spread";
  const call = { name: last.name, items, last, isAlone: parts.length === 1, text };
  return breakers[family]?.(call) ?? `nobody knows what makes ${last.name} fail`;
}

/** What must fail in place of each family of calls, `assert.equal(a, b)` and the like. */
const breakers: Record<string, (call: AssertionCall) => Break | undefined> = {
  equal: breakEqual,
  there: denyFirst,
  throws: ({ name, items: [first] }) =>
    first && instead(first, /reject|async/i.test(name) ? "Promise.resolve()" : "() => {}"),
  runs: ({ name, items: [first] }) =>
    first &&
    instead(
      first,
      /reject|async/i.test(name)
        ? `Promise.reject(new Error("${mark}"))`
        : `() => { throw new Error("${mark}"); }`,
    ),
  like: ({ name, items: [, second], text }) =>
    second && (/like|partial/i.test(name) ? alterScript(second, text) : instead(second, "/(?!)/")),
  contains: ({ items: [, second], text }) => second && alterScript(second, text),
  compares: ({ items: [, second] }) => second && instead(second, "NaN"),
  kind: ({ name, items: [, second], text }) => {
    if (second && /instance/i.test(name)) return instead(second, "class Drafthorse {}");
    return second && /String$/.test(second.node.name) ? alterScript(second, text) : undefined;
  },
  near: (call) => plus(call, "1e9"),
  length: (call) => plus(call, "1"),
  calledtimes: (call) => plus(call, "1"),
  calledwith: ({ items: [first] }) => first && inserted(first.to, `, "${mark}"`),
  guard: ({ items: [first] }) => first && instead(first, `new Error("${mark}")`),
  defined: ({ items: [first] }) => first && around(first, ["[", "][1]"]),
  differs: renamed,
  snapshot: () => "its expected value is a snapshot",
  type: () => "it compares types",
  typelike: () => "it compares types",
};

/** The expected value stands second, but for a literal that stands first alone. */
function breakEqual(call: AssertionCall): Break | undefined {
  const { name, items, text } = call;
  const [first, second] = items;
  if (first && /^(is_?)?(true|false)$/i.test(name)) return denyFirst(call);
  if (!second) return first && around(first, [`["${mark}", `, "]"]);
  return alterScript(expectedOf(call), text);
}

function expectedOf({ items, text }: AssertionCall): ListedNode {
  const [first, second] = items as [ListedNode, ListedNode];
  const isFirst =
    isWrittenOut(text.slice(first.from, first.to)) && !isWrittenOut(text.slice(second.from, second.to));
  return isFirst ? first : second;
}

function denyFirst({ items: [first] }: AssertionCall): Break | undefined {
  return first && around(first, ["!(", ")"]);
}

function plus(call: AssertionCall, by: string): Break | undefined {
  if (call.items.length < 2) return undefined;
  const item = expectedOf(call);
  return instead(item, `(${call.text.slice(item.from, item.to)}) + ${by}`);
}

/** `notEqual` must fail as `equal`; what stands alone may not have been imported under that name. */
function renamed({ name, last, isAlone }: AssertionCall): Break | undefined {
  const opposite = name.replace(/^(not|isNot|doesNot)(?=[A-Z]|$)/, "");
  if (isAlone || opposite === name) return undefined;
  const plain = opposite === "" ? "is" : `${opposite.charAt(0).toLowerCase()}${opposite.slice(1)}`;
  return instead({ from: last.to - name.length, to: last.to }, plain);
}
