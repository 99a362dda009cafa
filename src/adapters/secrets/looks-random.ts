/** What people write where a secret would stand: words, runs, and the values of well-known documents. */
const placeholder =
  /example|sample|placeholder|dummy|fake|xxxx|your[-_]|changeme|change[-_]me|redacted|not[-_]?real|insert|replace|lorem|foobar|deadbeef|\*{3}|\.{3}|0{7}|1234567|abcdefg|qwerty|SflKxwRJSMeKKF2QT4/i;

/** Fewer different characters than this are a pattern, not a secret. */
const fewestCharacters = 7;

/** Whether a text in the form of a secret says by itself that it is none. */
export function isGuessable(value: string): boolean {
  return placeholder.test(value) || new Set(value).size < fewestCharacters;
}

/**
 * Whether a value was drawn by a machine rather than written by a person: letters and digits mixed, and nearly as many
 * bits in each character as its length allows.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || isGuessable(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(value)).length;
  return kinds >= 2 && bitsOf(value) >= Math.min(3.5, 0.85 * Math.log2(value.length)) && !isWords(value);
}

/** Words, versions and dates joined by marks: the name of a model, a region, a file. */
export function isWords(value: string): boolean {
  const part =
    "(?:[a-z]{1,14}|[A-Z]{1,14}|[A-Z][a-z]{1,14}|[A-Za-z][a-z]{3,24}\\d{1,4}|\\d{1,8}|[a-z]{1,3}\\d{1,3}|\\d{1,3}[a-z]{1,2})";
  return new RegExp(`^[./~]{0,3}${part}(?:[-_./:@ ]{1,3}${part})*/?$`).test(value);
}

function bitsOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / value.length;
    return bits - share * Math.log2(share);
  }, 0);
}

/** What an agent was given beside its key and nobody need hide: an address, a folder, the name of a model or a region. */
export function isPublicSetting(value: string): boolean {
  return isWords(value) || /^(?:https?:\/\/[^@]*$|[.~]{0,2}\/)/.test(value);
}
