import { type Gains, gainedAssertions, survives } from "./gains.ts";
import { groupBy } from "./group-by.ts";
import { admitsMore } from "./is-looser.ts";
import type { Assertion, TestCase } from "./suite.ts";
import { moreOf, wordsOf } from "./words.ts";

/** What became worse in the assertions of one test. */
export type Loss = { message: string; line: number | undefined };

/** How many lost assertions one call of a helper that asserts may stand for. */
const helperStandsFor = 5;

/** Says which assertions of a test are gone and which say less, as far as they are not found again elsewhere. */
export function compareAssertions(before: TestCase, after: TestCase, gains: Gains): Loss[] {
  const lost = gainedAssertions(after.assertions, before.assertions);
  const fresh = gainedAssertions(before.assertions, after.assertions);
  const losses: Loss[] = [];
  const left = matchBySubject(lost, { fresh, losses });
  const words = moreOf(after.words, before.words);
  for (const { subject, argument } of fresh)
    for (const word of wordsOf(`${subject} ${argument}`)) words.add(word);
  const here = new Set(after.words);
  const parts = leftParts(left, gains);
  for (const [whole, part] of parts) losses.push(weaker(whole, part));
  const missing = left.lost.filter(
    (each) =>
      !parts.has(each) &&
      !gains.keys.has(each.key) &&
      !gains.helpers.has(each.key) &&
      !survives(each, words) &&
      !isImplied(each, { words, here }),
  );
  const helpers = left.fresh.filter(({ matcher }) => matcher.startsWith("custom"));
  const others = left.fresh.filter(({ matcher }) => !matcher.startsWith("custom"));
  const unmet = missing.slice(helpers.length * helperStandsFor);
  for (const [at, each] of unmet.entries()) {
    const other = others[at];
    if (other && each.strength >= 4 && other.strength <= 1) losses.push(weaker(each, other));
  }
  const gone = unmet.slice(others.length);
  if (gone.length > 0) losses.push(removal(gone, { before, after }));
  return losses;
}

/** Awaiting what used to hand over an error, or what was said to come through, fails by itself if it fails. */
function isImplied(
  { matcher, subject }: Assertion,
  { words, here }: { words: Set<string>; here: Set<string> },
): boolean {
  if (matcher === "guard") return words.has("await");
  return matcher === "runs" && wordsOf(subject).every((word) => here.has(word));
}

function removal(gone: Assertion[], { before, after }: { before: TestCase; after: TestCase }): Loss {
  const all = before.assertions.length;
  const message =
    after.assertions.length === 0
      ? `none of its ${all} assertion(s) is left`
      : `${gone.length} of its ${all} assertions removed${gone[0]?.subject ? `, the first on “${shorten(gone[0].subject)}”` : ""}`;
  return { message, line: after.line };
}

/** The lost comparisons of a whole of which a part is left, each with that part. */
function leftParts(
  { lost, fresh }: { lost: Assertion[]; fresh: Assertion[] },
  gains: Gains,
): Map<Assertion, Assertion> {
  const parts = lost.flatMap((whole): [Assertion, Assertion][] => {
    const part = gains.keys.has(whole.key) ? undefined : leftPart(whole, fresh);
    return part ? [[whole, part]] : [];
  });
  return new Map(parts);
}

/** What says, of a whole that was compared, a part only: fewer of its entries, or that it is one of several. */
function leftPart(whole: Assertion, fresh: Assertion[]): Assertion | undefined {
  const { subject, argument } = whole;
  if (whole.matcher !== "equal" || whole.negated || subject === "") return undefined;
  const words = ` ${subject} `;
  const one = fresh.find((each) => each.strength <= 3 && ` ${each.argument} `.includes(words));
  if (one) return one;
  const entries = wordsOf(argument).filter((word) => word === ":").length;
  const parts = fresh.filter(
    (each) => each.subject.startsWith(`${subject} .`) || each.subject.startsWith(`${subject} [`),
  );
  return /^[{[]/.test(argument) && parts.length > 0 && parts.length < Math.max(entries, 2)
    ? parts[0]
    : undefined;
}

/** Pairs lost and fresh assertions on the same subject, those with the same matcher first, and says which are weaker. */
function matchBySubject(
  lost: Assertion[],
  { fresh, losses }: { fresh: Assertion[]; losses: Loss[] },
): { lost: Assertion[]; fresh: Assertion[] } {
  let rest = { lost, fresh };
  for (const keyOf of [
    ({ subject, matcher }: Assertion) => `${matcher} ${subject}`,
    ({ subject }: Assertion) => subject,
    lengthOf,
  ])
    rest = matchBy(keyOf, { ...rest, losses });
  return rest;
}

/** What an assertion says the length of, as a key of its own. */
function lengthOf({ matcher, subject }: Assertion): string {
  if (matcher === "length") return subject && `# ${subject}`;
  return / \. (length|size)$/.test(subject) ? `# ${subject.replace(/ \. \w+$/, "")}` : "";
}

function matchBy(
  keyOf: (assertion: Assertion) => string,
  { lost, fresh, losses }: { lost: Assertion[]; fresh: Assertion[]; losses: Loss[] },
): { lost: Assertion[]; fresh: Assertion[] } {
  const waiting = groupBy(fresh.toReversed(), keyOf);
  const taken = new Set<Assertion>();
  const left = lost.filter((before) => {
    const after = waiting.get(keyOf(before))?.pop();
    if (!after) return true;
    taken.add(after);
    const loss = itself(before, after) ?? weakening(before, after);
    if (loss) losses.push(loss);
    return false;
  });
  return { lost: left, fresh: fresh.filter((each) => !taken.has(each)) };
}

/** That a value is itself is said of memory and of nothing else: it counts where something else was asked before. */
function itself(before: Assertion, after: Assertion): Loss | undefined {
  return after.subject === after.argument && before.subject !== before.argument
    ? { message: `“${shorten(after.subject)}” is compared with itself`, line: after.line }
    : undefined;
}

function weakening(before: Assertion, after: Assertion): Loss | undefined {
  if (before.matcher === "snapshot" && after.matcher === "snapshot")
    return before.argument === "" || before.argument === after.argument
      ? undefined
      : { message: "an inline snapshot was rewritten", line: after.line };
  if (before.matcher === "throws" && !before.negated && after.negated)
    return { message: "an expected error is now expected not to come", line: after.line };
  return admitsMore(before, after) ? weaker(before, after) : undefined;
}

function weaker(before: Assertion, after: Assertion): Loss {
  const how = before.matcher === after.matcher ? before.matcher : `${before.matcher} became ${after.matcher}`;
  return {
    message: `an assertion${before.subject ? ` on “${shorten(before.subject)}”` : ""} says less than before (${how})`,
    line: after.line,
  };
}

function shorten(text: string | undefined): string {
  const plain = (text ?? "").replace(/\s*([.()[\]])\s*/g, "$1");
  return plain.length > 60 ? `${plain.slice(0, 57)}…` : plain;
}
