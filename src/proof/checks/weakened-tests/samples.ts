const cache = new WeakMap<string[], Set<string>>();

/** The runs of three words in a text, each once. */
export function samples(words: string[]): Set<string> {
  const known = cache.get(words);
  if (known) return known;
  const found = new Set(words.slice(0, -2).map((word, at) => `${word} ${words[at + 1]} ${words[at + 2]}`));
  cache.set(words, found);
  return found;
}
