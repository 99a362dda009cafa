import { assertionOf } from "./assertion.ts";
import { type Link, textOf } from "./read-chain.ts";
import type { Assertion } from "./suite.ts";

/** The comparison at the outermost level of an expression; what stands in brackets is skipped over. */
const operators: [RegExp, string][] = [
  [/^(==| is (?!not ))/, "equal"],
  [/^(!=| is not )/, "not_equal"],
  [/^ not in /, "not_equal"],
  [/^ in /, "include"],
  [/^(>=|<=|>|<)/, "gt"],
];

/** Reads what a Python expression asserts when it has to be true. */
export function readPythonAssertion(expression: string, line: number): Assertion | undefined {
  if (/\sor (True|1)$/.test(expression.trim())) return undefined;
  const found = { name: "ok", negated: false, subject: expression.trim(), argument: "", line };
  const split = splitComparison(expression);
  return assertionOf(split ? { ...found, ...split } : found);
}

const deeper: Record<string, number> = { "(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1 };

function splitComparison(
  expression: string,
): { name: string; subject: string; argument: string } | undefined {
  let depth = 0;
  for (let at = 0; at < expression.length; at += 1) {
    const sign = expression[at] ?? "";
    if (sign === '"' || sign === "'") at = Math.max(at, expression.indexOf(sign, at + 1));
    depth += deeper[sign] ?? 0;
    const found = depth === 0 ? operatorAt(expression, at) : undefined;
    if (found)
      return {
        name: found.name,
        subject: expression.slice(0, at),
        argument: expression.slice(at + found.length).trim(),
      };
  }
  return undefined;
}

function operatorAt(expression: string, at: number): { name: string; length: number } | undefined {
  const rest = expression.slice(at, at + 8).replace(/^\s/, " ");
  for (const [operator, name] of operators) {
    const found = operator.exec(rest);
    if (found) return { name, length: found[0].length };
  }
  return undefined;
}

/** Reads a call that asserts: unittest's methods, `pytest.raises`, a mock's, and helpers of that name. */
export function readPythonCall(
  chain: Link[],
  { text, line }: { text: string; line: number },
): Assertion | undefined {
  const last = chain.at(-1);
  if (!last?.args || !/^(assert\w*|raises)$/.test(last.name)) return undefined;
  const texts = last.args.map((item) => textOf(item, text)).filter((each) => !/^msg\s*=/.test(each));
  const [subject = ""] = texts;
  const { name } = last;
  if (/^assert_?(true|false)_?$/i.test(name))
    return readPythonAssertion(/false/i.test(name) ? `not ${subject}` : subject, line);
  const found = { name, negated: false, line };
  if (/raises/i.test(name))
    return assertionOf({
      ...found,
      name: "raises",
      subject: "",
      argument: texts.slice(0, raised(texts)).join(", "),
    });
  if (/called|has_calls|awaited/.test(name)) {
    const mock = chain.slice(0, -1).map((link) => link.name);
    return assertionOf({ ...found, subject: mock.join("."), argument: texts.join(", ") });
  }
  const compared = /almost|close/i.test(name) ? texts.slice(1) : texts.slice(1, 2);
  return assertionOf({ ...found, subject, argument: compared.join(", ") });
}

/** `assertRaises(E, function, …)` expects E; only `match=` says more. */
function raised(texts: string[]): number {
  return texts[1]?.startsWith("match") ? 2 : 1;
}
