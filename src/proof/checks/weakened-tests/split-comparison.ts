/** A condition that has to be true, as an assertion: a matcher's name, and what is compared with what. */
export type Comparison = { name: string; subject: string; argument: string };

/** The words of a language for comparing; `either` and `both` join conditions. */
type ComparisonWords = { operators: [RegExp, string][]; either: RegExp; both: RegExp | undefined };

const python: ComparisonWords = {
  operators: [
    [/^(==| is (?!not ))/, "equal"],
    [/^(!=| is not )/, "not_equal"],
    [/^ not in /, "not_equal"],
    [/^ in /, "include"],
    [/^(>=|<=|>|<)/, "gt"],
  ],
  either: /^ or /,
  both: undefined,
};

/** Blanks around an operator tell it from a type argument and an arrow. */
const script: ComparisonWords = {
  operators: [
    [/^ ===? /, "equal"],
    [/^ !==? /, "not_equal"],
    [/^ (>=|<=|>|<) /, "gt"],
    [/^ instanceof /, "instance"],
  ],
  either: /^ (\|\||\?\?) /,
  both: /^ (&&|\?) /,
};

const deeper: Record<string, number> = { "(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1 };

/** Longer conditions than this are read as a whole. */
const longest = 2_000;

/** Splits a condition at its outermost comparison; what stands in brackets or quotes is skipped over. */
export function splitComparison(text: string, language: "python" | "script"): Comparison | undefined {
  if (text.length > longest) return undefined;
  const { operators, either, both } = language === "python" ? python : script;
  const places = outermost(text).map((at) => ({ at, rest: text.slice(at, at + 12).replace(/^\s/, " ") }));
  if (both && places.some(({ rest }) => both.test(rest))) return undefined;
  const [first] = places.flatMap(({ at, rest }) => {
    const [operator, name = ""] = operators.find(([each]) => each.test(rest)) ?? [];
    return operator ? [{ at, name, length: operator.exec(rest)?.[0].length ?? 0 }] : [];
  });
  const choice = places.find(({ rest }) => either.test(rest));
  if (choice)
    return {
      name: "either",
      subject: text.slice(0, Math.min(first?.at ?? choice.at, choice.at)),
      argument: text,
    };
  return (
    first && {
      name: first.name,
      subject: text.slice(0, first.at),
      argument: text.slice(first.at + first.length).trim(),
    }
  );
}

function outermost(text: string): number[] {
  const places: number[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (sign === '"' || sign === "'" || sign === "`") at = Math.max(at, text.indexOf(sign, at + 1));
    depth += deeper[sign] ?? 0;
    if (depth === 0) places.push(at);
  }
  return places;
}
