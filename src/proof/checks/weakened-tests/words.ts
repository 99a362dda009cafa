const word = /[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|\S/gu;

/** The words, numbers and signs of a text, without those that only formatting decides upon. */
export function wordsOf(text: string): string[] {
  return (text.match(word) ?? []).filter((found) => !/^["'`;,()]$/.test(found));
}

/** A text as it is compared: neither blanks nor the kind of quotes count. */
export function plain(text: string): string {
  return wordsOf(text).join(" ");
}

/** How often each word occurs. */
export function countWords(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** What a list of texts has more often than another. */
export function moreOf(words: string[], than: string[]): Set<string> {
  const counts = countWords(than);
  return new Set(
    [...countWords(words)].flatMap(([word, count]) => (count > (counts.get(word) ?? 0) ? [word] : [])),
  );
}
