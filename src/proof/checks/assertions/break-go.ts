import { around, type Break, instead } from "./edit.ts";
import type { FoundInLines, MaskedCode } from "./found-in-lines.ts";

const failing = /\b[tbf]\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(/g;
const testify = /\b(?:assert|require)\.(?<name>[A-Z]\w*)\(/g;
const head = /^func (?:\([^)\n]*\) )?(?<name>(?:Test|Fuzz)\w*)\(/gm;
/** The line above a block that begins with `if`, from its condition on. */
const ifLine = /(?:^|\n)[ \t]*(?<otherwise>\} else )?if (?<condition>[^\n]*)$/;
const guard = /^err != nil$/;

/** Names of testify that must fail where the other holds. */
const opposites = new Map(
  [
    "Equal NotEqual",
    "EqualValues NotEqualValues",
    "True False",
    "Nil NotNil",
    "NoError Error",
    "Empty NotEmpty",
    "Contains NotContains",
    "Subset NotSubset",
    "Panics NotPanics",
    "Same NotSame",
    "Zero NotZero",
    "Regexp NotRegexp",
    "ErrorIs NotErrorIs",
    "FileExists NoFileExists",
  ].flatMap((pair) => {
    const [one = "", other = ""] = pair.split(" ");
    return [
      [one, other],
      [other, one],
    ];
  }) as [string, string][],
);

/** Reads what a test of Go asserts: a failure under an `if`, whose condition is turned round, and testify's calls. */
export function breakGo({ text, bare }: MaskedCode): FoundInLines[] {
  const tests = testsIn(bare);
  const failures = [...bare.matchAll(failing)];
  const opens = bracesAround(
    bare,
    failures.map(({ index }) => index),
  );
  const plainOnes = failures.map(({ index, 0: call }, place) =>
    ifAround({ text, bare }, { at: index, call, open: opens[place] ?? -1 }),
  );
  const calls = [...bare.matchAll(testify)].map(({ index, 0: call, groups }) => {
    const name = groups?.name ?? "";
    const opposite = opposites.get(name);
    const place = { from: index + call.length - 1 - name.length, to: index + call.length - 1 };
    const broken: Break = opposite ? instead(place, opposite) : `nobody knows what makes ${name} fail`;
    return { from: index, to: lineEnd(text, index), broken };
  });
  return [...plainOnes, ...calls]
    .toSorted((a, b) => a.from - b.from)
    .map((found) => {
      const test = tests.findLast(({ from }) => from <= found.from);
      return { ...found, test: test?.name ?? "", isSkipped: test?.isSkipped ?? false };
    });
}

/** The tests of a file. Each ends at its last brace, and before the next one however broken the text is. */
function testsIn(bare: string): { name: string; from: number; isSkipped: boolean }[] {
  const heads = [...bare.matchAll(head)];
  return heads.map(({ index, groups }, place) => {
    const own = bare.slice(index, heads[place + 1]?.index);
    const end = own.indexOf("\n}");
    const isSkipped = /\b[tbf]\.Skip/.test(end < 0 ? own : own.slice(0, end));
    return { name: groups?.name ?? "", from: index, isSkipped };
  });
}

type PlacedCondition = Pick<FoundInLines, "from" | "to" | "broken">;

function ifAround(
  { text, bare }: Pick<MaskedCode, "text" | "bare">,
  { at, call, open }: { at: number; call: string; open: number },
): PlacedCondition {
  const before = bare.slice(Math.max(0, open - longestBlock), Math.max(0, open)).trimEnd();
  const found = ifLine.exec(before);
  const line = found?.groups?.condition;
  if (line === undefined)
    return { from: at, to: lineEnd(text, at), broken: "it stands under no condition of its own" };
  if (found?.groups?.otherwise)
    return { from: at, to: lineEnd(text, at), broken: "it stands behind another condition" };
  const end = Math.max(0, open - longestBlock) + before.length;
  const whole = end - line.length;
  const from = whole + afterSemicolon(line);
  const broken: Break = guard.test(text.slice(from, end).trim())
    ? "it is a guard against an error"
    : around({ from, to: end }, ["!(", ")"]);
  return { from: whole, to: at + call.length, broken };
}

/** No block before a failure, and no condition, is longer than this, in characters. */
const longestBlock = 5_000;

/** For each of the places, in their order, the brace that opens the block around it; -1 where none is near enough. */
function bracesAround(bare: string, places: number[]): number[] {
  const braces = [...bare.matchAll(/[{}]/g)];
  const open: number[] = [];
  let next = 0;
  return places.map((at) => {
    for (; (braces[next]?.index ?? at) < at; next += 1) {
      const brace = braces[next];
      if (brace?.[0] === "{") open.push(brace.index);
      else open.pop();
    }
    const nearest = open.at(-1) ?? -1;
    return at - nearest > longestBlock ? -1 : nearest;
  });
}

function afterSemicolon(line: string): number {
  const at = line.lastIndexOf(";");
  return at < 0 ? 0 : at + 1 + (line.slice(at + 1).length - line.slice(at + 1).trimStart().length);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
