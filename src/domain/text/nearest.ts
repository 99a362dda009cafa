/** The names that a person may have meant by a wrong one: those at most two strokes away, the nearest first. */
export function nearest(wrong: string, names: string[]): string[] {
  return names
    .map((name) => ({ name, strokes: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, strokes }) => strokes <= Math.min(2, name.length / 2))
    .toSorted((a, b) => a.strokes - b.strokes)
    .map(({ name }) => name);
}

/** How many letters must be added, left out or changed; words that differ much in length are far apart anyway. */
export function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 2) return Number.POSITIVE_INFINITY;
  const line = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const letter of from) nextLine(line, { letter, to });
  return line.at(-1) ?? 0;
}

/** One line of the table of distances, in the place of the line above it. */
function nextLine(line: number[], { letter, to }: { letter: string; to: string }): void {
  let diagonal = line[0] ?? 0;
  line[0] = diagonal + 1;
  for (let at = 1; at <= to.length; at++) {
    const above = line[at] ?? 0;
    const changed = diagonal + (to[at - 1] === letter ? 0 : 1);
    line[at] = Math.min(changed, above + 1, (line[at - 1] ?? 0) + 1);
    diagonal = above;
  }
}
