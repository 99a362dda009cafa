/** Letters of other scripts that nobody tells from a letter of the Latin one: Cyrillic, Greek, Armenian, Cherokee. */
const lookalike =
  /[аеорсухіјѕԁһӏԛԝАВЕКМНОРСТХЅІЈԚԜ\u03bf\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0570\u0578\u057d\u0585\u13a0-\u13f4]/;

const word = /[\p{L}\p{N}_$]+/gu;

/** Files in which a word is a name: prose mixes scripts within a word for good reasons. */
const code =
  /\.(?:[cm]?[jt]sx?|vue|svelte|pyi?|go|rs|rb|php|java|kts?|cs|swift|c|cc|cpp|h|hpp|sh|sql|ya?ml|toml|json)$/;

/** Longer lines hold no names that somebody reads. */
const longest = 2_000;

/** Whether names in a file at this path may deceive. */
export function holdsNames(path: string): boolean {
  return code.test(path);
}

/** The words of a line whose letters are Latin but for some that only look so. */
export function findLookalikes(line: string): string[] {
  if (line.length > longest || !lookalike.test(line)) return [];
  return (line.match(word) ?? []).filter((each) => {
    const others = [...each].filter((letter) => /[^\p{Script=Latin}\p{N}_$]/u.test(letter));
    return /[a-zA-Z]/.test(each) && others.length > 0 && others.every((letter) => lookalike.test(letter));
  });
}
