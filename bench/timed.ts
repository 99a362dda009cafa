/** Times pieces of work in turns, so that whatever else the machine does falls on all of them; milliseconds. */
export function timed(works: (() => unknown)[], rounds: number): number[][] {
  for (const work of works) work();
  const times: number[][] = works.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      work();
      times[index]?.push(performance.now() - start);
    }
  return times;
}

/** How far the measured values lie apart: the third quartile over the first. */
export function spread(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return at(0.75) / at(0.25);
}

/** A figure for a table. */
export function round(value: number): number {
  return Number(value.toFixed(2));
}
