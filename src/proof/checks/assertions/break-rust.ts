import { isWrittenOut, otherLiteral } from "./alter-value.ts";
import { around, type Break, instead } from "./edit.ts";
import type { FoundInLines, MaskedCode } from "./found-in-lines.ts";

const macros = /\b(?<name>assert|assert_eq|assert_ne)!\s*(?=[([{])/g;
const test =
  /#\[(?:\w+::)*(?:test|rstest|test_case)\b[^\]\n]*\](?<marks>(?:\s*#\[[^\]\n]*\])*)\s*(?:pub(?:\([^)\n]*\))?\s+)?(?:async\s+)?fn\s+(?<name>\w+)/g;
/** Marks above the one that makes it a test. */
const before = /(?:#\[[^\]\n]*\]\s*){0,8}$/;
const resting = /#\[(?:ignore|should_panic)\b/;

type Stretch = { from: number; to: number };

/** Reads the macros that assert: another literal where one is compared with, else the opposite. */
export function breakRust({ text, code, bare }: MaskedCode): FoundInLines[] {
  const pairs = pairsIn(bare);
  const tests = testsIn(bare, pairs);
  return [...bare.matchAll(macros)].flatMap(({ index, 0: head, groups }) => {
    const open = index + head.length;
    const close = pairs.get(open);
    if (close === undefined) return [];
    const around = tests.find(({ from, to }) => from <= index && close <= to);
    const args = argumentsIn({ code, bare }, { from: open + 1, to: close });
    const macro = { name: groups?.name ?? "", at: index, args };
    return [
      {
        ...{ from: index, to: close + 1, broken: broken(macro, text) },
        ...{ test: around?.name ?? "", isSkipped: around?.isSkipped ?? false },
      },
    ];
  });
}

function broken({ name, at, args }: { name: string; at: number; args: Stretch[] }, text: string): Break {
  const [left, right] = args;
  if (name === "assert") return left ? around(left, ["!(", ")"]) : "it asserts nothing";
  if (name === "assert_eq" && left && right) {
    const literal = [right, left].find(({ from, to }) => isPlain(text.slice(from, to)));
    if (literal) return instead(literal, otherLiteral(text.slice(literal.from, literal.to)) ?? "");
  }
  const opposite = name === "assert_eq" ? "assert_ne" : "assert_eq";
  return instead({ from: at, to: at + name.length }, opposite);
}

/** A character has one sign and bytes have a length: only numbers, truths and texts can be others of the same type. */
function isPlain(value: string): boolean {
  return isWrittenOut(value) && /^["\dtf-]/.test(value);
}

function testsIn(
  bare: string,
  pairs: Map<number, number>,
): (Stretch & { name: string; isSkipped: boolean })[] {
  return [...bare.matchAll(test)].map(({ index, 0: head, groups }) => {
    const open = bare.indexOf("{", index + head.length);
    const marks = `${before.exec(bare.slice(Math.max(0, index - 500), index))?.[0] ?? ""}${groups?.marks ?? ""}`;
    const to = pairs.get(open) ?? bare.length;
    return { from: index, to, name: groups?.name ?? "", isSkipped: resting.test(marks) };
  });
}

/** The end of each pair of brackets by its beginning, read once from the beginning to the end. */
function pairsIn(bare: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const { index, 0: sign } of bare.matchAll(/[()[\]{}]/g)) {
    if ("([{".includes(sign)) open.push(index);
    else {
      const from = open.pop();
      if (from !== undefined) pairs.set(from, index);
    }
  }
  return pairs;
}

/** What stands between the commas outside of all inner brackets, without the blanks around. */
function argumentsIn({ code, bare }: Pick<MaskedCode, "code" | "bare">, { from, to }: Stretch): Stretch[] {
  const commas = [from - 1];
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const sign = bare[at] ?? "";
    if (/[([{]/.test(sign)) depth += 1;
    if (/[)\]}]/.test(sign)) depth -= 1;
    if (sign === "," && depth === 0) commas.push(at);
  }
  return [...commas.slice(1), to].flatMap((end, at) => {
    const start = (commas[at] ?? from) + 1;
    const given = code.slice(start, end);
    const inner = {
      from: start + given.length - given.trimStart().length,
      to: start + given.trimEnd().length,
    };
    return inner.from < inner.to ? [inner] : [];
  });
}
