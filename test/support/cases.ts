/** `npm run test:cases` tries every generated case and every body of a corpus; `npm test` tries a fifth of them. */
const isEvery = process.env.CASES === "all";

/** One of so many is tried in the short form; what it tries is the same in every run. */
const share = 5;

/** How many cases of a property are tried, of so many in the long form. */
export function caseCount(all: number): number {
  return isEvery ? all : Math.ceil(all / share);
}

/** Those of a corpus that are tried; each folder is spread over, since neighbours in it are alike. */
export function someOf<Item>(all: Item[]): Item[] {
  return isEvery ? all : all.filter((_, at) => at % share === 0);
}
