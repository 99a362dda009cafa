/** The order of two texts as their code units have it, which no language of a machine changes. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
