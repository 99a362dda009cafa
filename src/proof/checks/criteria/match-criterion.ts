import type { TurnedTest } from "./turned-tests.ts";

/** Of the words of a criterion and of a test's name, so many, and so large a part of the fewer, must be the same. */
const alike = { words: 2, part: 0.6 };

/** Words that say nothing of what a test is about. */
const empty = new Set(
  "the and are for not with from that this when then into onto its has have was were will must should can may test tests pass passes work works case cases".split(
    " ",
  ),
);

/**
 * The test whose name says what a criterion says: by standing in it as a whole, the longest first, else by its words.
 * Undefined where none does, or where two do equally well.
 */
export function matchCriterion(text: string, tests: TurnedTest[]): TurnedTest | undefined {
  const sentence = spacedWords(text);
  const named = tests
    .filter(({ name }) => tellingStems(name).size >= alike.words && sentence.includes(spacedWords(name)))
    .toSorted((a, b) => b.name.length - a.name.length);
  return named[0] ?? byWords(text, tests);
}

function byWords(text: string, tests: TurnedTest[]): TurnedTest | undefined {
  const wanted = tellingStems(text);
  const rated = tests
    .map((test) => ({ test, rate: rateOf(wanted, tellingStems(test.name)) }))
    .filter(({ rate }) => rate > 0)
    .toSorted((a, b) => b.rate - a.rate);
  return rated[0] && rated[0].rate !== rated[1]?.rate ? rated[0].test : undefined;
}

function rateOf(one: Set<string>, other: Set<string>): number {
  const same = [...one].filter((word) => other.has(word)).length;
  const part = same / Math.max(1, Math.min(one.size, other.size));
  return same >= alike.words && part >= alike.part ? same + part : 0;
}

function tellingStems(text: string): Set<string> {
  const words = spacedWords(text).split(" ");
  return new Set(words.filter((word) => word.length > 1 && !empty.has(word)).map(wordStem));
}

/** `keeps`, `kept` and `keeping` need not be one word; the endings of plurals and of verbs are. */
function wordStem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, "") : word.replace(/(?<=\w{3})s$/, "");
}

/** A text's letters and digits in lower case, words of code names apart, between single spaces. */
function spacedWords(text: string): string {
  const apart = text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").toLowerCase();
  return ` ${apart.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}
