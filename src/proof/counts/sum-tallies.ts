/** How many tests came to what. */
export type Tally = { passed: number; failed: number; skipped: number };

/** All of them together. */
export function sumTallies(tallies: Tally[]): Tally {
  const of = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}
