import type { SyntaxNode } from "@lezer/common";
import { matcherOf } from "../weakened-tests/matchers.ts";
import type { ListedNode } from "../weakened-tests/read-chain.ts";
import { isWrittenOut, otherLiteral } from "./alter-value.ts";
import { around, type Break, type Edit, inserted, instead, mark } from "./edit.ts";
import { type ChainPart, partsOf } from "./parts-of.ts";

/** Makes an assertion of Python one that must fail: an `assert`, or a call of unittest, pytest or a mock. */
export function breakPython(node: SyntaxNode, text: string): Break {
  if (node.name === "AssertStatement") return breakAssertStatement(node, text);
  const last = partsOf(node, text).at(-1);
  if (!last?.call) return "it is no call";
  const items = last.call.items.filter(({ from, to }) => !keyword.test(text.slice(from, to)));
  if (items.some(({ from }) => text[from] === "*")) return "its arguments are spread";
  return (
    breakCall({ name: last.name, items, last, text }) ??
    (matcherOf(last.name) ? `nobody knows what makes ${last.name} fail` : "it is a helper's own")
  );
}

const keyword = /^\w+\s*=(?!=)/;

/** `==` and `in` are given another value; what is asserted otherwise is denied. */
function breakAssertStatement(node: SyntaxNode, text: string): Break {
  const expression = node.firstChild?.nextSibling;
  if (!expression) return "it asserts nothing";
  // A tuple is true whatever it holds: where what stands first in it is denied, nothing changes.
  if (expression.name === "TupleExpression")
    return denyPython(expression.firstChild?.nextSibling ?? expression);
  return breakComparison(expression, text) ?? denyPython(expression);
}

function denyPython(expression: SyntaxNode): Edit[] {
  return around(expression, ["not (", ")"]);
}

function breakComparison(expression: SyntaxNode, text: string): Edit[] | undefined {
  const { firstChild: left, lastChild: right } = expression;
  if (expression.name !== "BinaryExpression" || !left || !right || left.getChild("CompareOp"))
    return undefined;
  const operator = text.slice(left.to, right.from).trim();
  if (operator === "==") return alterPython(isExpected(left, { right, text }) ? left : right, text);
  return operator === "in" ? wrapped(left) : undefined;
}

function isExpected(left: SyntaxNode, { right, text }: { right: SyntaxNode; text: string }): boolean {
  return isWrittenOut(text.slice(left.from, left.to)) && !isWrittenOut(text.slice(right.from, right.to));
}

type PythonCall = { name: string; items: ListedNode[]; last: ChainPart; text: string };

/** A method that must fail where another holds. */
const opposites = new Map(
  [
    "assertNotEqual assertEqual",
    "assertIsNot assertIs",
    "assertNotIn assertIn",
    "assertNotIsInstance assertIsInstance",
    "assertNotAlmostEqual assertAlmostEqual",
    "assertNotRegex assertRegex",
    "assertGreater assertLessEqual",
    "assertGreaterEqual assertLess",
    "assertLess assertGreaterEqual",
    "assertLessEqual assertGreater",
    "assert_called assert_not_called",
    "assert_called_once assert_not_called",
    "assert_not_called assert_called",
    "assert_awaited assert_not_awaited",
    "assert_awaited_once assert_not_awaited",
    "assert_not_awaited assert_awaited",
  ].map((pair) => pair.split(" ") as [string, string]),
);

/** What no code raises, and nothing is an instance of. */
const unknownError = `type("Drafthorse", (BaseException,), {})`;
const unknownClass = `type("Drafthorse", (), {})`;

/** Methods by their names, each with what must fail in its place. */
const breakers: [RegExp, (call: PythonCall) => Break | undefined][] = [
  [
    /^(assertRaises|assertRaisesRegex|raises)$/,
    ({ items: [first] }) => first && instead(first, unknownError),
  ],
  [/^assert(True|False)_?$/, ({ items: [first] }) => first && around(first, ["not (", ")"])],
  [/^assertIsNone$/, ({ items: [first] }) => first && wrapped(first)],
  [/^assertIsNotNone$/, ({ items: [first] }) => first && around(first, ["(", ", None)[1]"])],
  [/^assertIn$/, ({ items: [first] }) => first && wrapped(first)],
  [/^assertIsInstance$/, ({ items: [, second] }) => second && instead(second, unknownClass)],
  [/^assertRegex(pMatches)?$/, ({ items: [, second] }) => second && instead(second, `"(?!)"`)],
  [
    /^assert_(called|awaited|any)\w*(with|call|await)$/,
    ({ last: { call } }) =>
      call && inserted(call.from + 1, call.items.length > 0 ? `"${mark}", ` : `"${mark}"`),
  ],
  [/^assert_has_(calls|awaits)$/, ({ items: [first] }) => first && instead(first, "[object()]")],
];

function breakCall(call: PythonCall): Break | undefined {
  const { name, last, items, text } = call;
  const opposite = opposites.get(name);
  if (opposite) return instead({ from: last.to - name.length, to: last.to }, opposite);
  const known = breakers.find(([pattern]) => pattern.test(name));
  if (known) return known[1](call);
  const [first, second] = items;
  if (!first || !second || !/^(equal|near)$/.test(matcherOf(name)?.name ?? "")) return undefined;
  const isFirst = isExpected(first.node, { right: second.node, text });
  return /almost|close/i.test(name) ? wrapped(second) : alterPython(isFirst ? first : second, text);
}

function alterPython(item: Pick<ListedNode, "from" | "to">, text: string): Edit[] {
  const other = otherLiteral(text.slice(item.from, item.to));
  return other === undefined ? wrapped(item) : instead(item, other);
}

function wrapped(item: Pick<ListedNode, "from" | "to">): Edit[] {
  return around(item, [`("${mark}", `, ")"]);
}
