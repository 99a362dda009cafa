import type { Tree } from "@lezer/common";

const literal =
  /(?<![\w.$])-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?(?![\w])|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`$\n]*`|\b(?:true|false|True|False)\b/g;
const joined = /^[[(]?\s*-?\d+(?:\.\d+)?(?:\s*[,;:x|/_ -]\s*-?\d+(?:\.\d+)?)+\s*[\])]?$/;

/** The literals of a text, numbers by their value; a text of joined numbers, such as a key, is these numbers. */
export function literalsIn(text: string): string[] {
  return (text.match(literal) ?? []).flatMap((found) => {
    if (!/^["'`]/.test(found)) return [plainNumber(found)];
    const inner = found.slice(1, -1);
    const numbers = inner.match(/\d+(?:\.\d+)?/g) ?? [];
    return joined.test(inner) ? numbers.map(plainNumber) : [`"${inner}`];
  });
}

function plainNumber(found: string): string {
  const number = Number(found.replaceAll("_", ""));
  return Number.isNaN(number) ? found.toLowerCase() : String(number);
}

/** Whether a text is one literal and nothing else. */
export function isLiteral(text: string): boolean {
  return text.trim().replace(literal, "") === "" && text.trim() !== "";
}

/** How unlikely it is that code and test have a literal both without one knowing the other: 0 to 3. */
export function literalWeight(value: string): number {
  if (/^(0|1|-1|true|false|")$/.test(value)) return 0;
  if (value.startsWith('"')) return value.length <= 4 ? 1 : /[\s@\d,.!:/]/.test(value) ? 3 : 2;
  return /^-?\d$/.test(value) ? 1 : /\./.test(value) || value.length > 2 ? 3 : 2;
}

const statements = /^(ExpressionStatement|AssertStatement|ArrayExpression|TupleExpression)$/;
/** A test asserts little in one statement; what is longer is data. */
const longest = 400;

/** The literals of each assertion and each row of a table in a test. */
export function casesIn(tree: Tree, text: string): Set<string>[] {
  const cases: Set<string>[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (!statements.test(name) || to - from > longest) return;
      const found = literalsIn(text.slice(from, to));
      if (found.length > 1) cases.push(new Set(found));
    },
  });
  return cases;
}
