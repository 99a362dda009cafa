import { assertionOf } from "./assertion.ts";
import { type Link, textOf } from "./read-chain.ts";
import { splitComparison } from "./split-comparison.ts";
import type { Assertion } from "./suite.ts";

/** Reads what a Python expression asserts when it has to be true. */
export function readPythonAssertion(expression: string, line: number): Assertion | undefined {
  if (/\sor (True|1)$/.test(expression.trim())) return undefined;
  const found = { name: "ok", negated: false, subject: expression.trim(), argument: "", line };
  const kind = /^isinstance\(\s*(?<subject>[^\n]*),\s*(?<argument>[\w.]+|\([^()]*\))\s*\)$/.exec(
    expression.trim(),
  );
  if (kind?.groups) return assertionOf({ ...found, name: "is_instance", ...kind.groups });
  const split = splitComparison(expression, "python");
  return assertionOf(split ? { ...found, ...split } : found);
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
      argument: raised(name, texts),
    });
  if (/called|has_calls|awaited/.test(name)) {
    const mock = chain.slice(0, -1).map((link) => link.name);
    return assertionOf({ ...found, subject: mock.join("."), argument: texts.join(", ") });
  }
  const compared = /almost|close/i.test(name) ? texts.slice(1) : texts.slice(1, 2);
  return assertionOf({ ...found, subject, argument: compared.join(", ") });
}

/** `assertRaises(E, function, …)` expects E; only `match=`, and the pattern of `assertRaisesRegex`, say more. */
function raised(name: string, [kind = "", second = ""]: string[]): string {
  if (/regex/i.test(name)) return `${kind}, match=${second}`;
  return second.startsWith("match") ? `${kind}, ${second}` : kind;
}
