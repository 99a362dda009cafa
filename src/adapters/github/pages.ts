/** GitHub's largest page. */
const pageSize = 100;

/** One page of a list that GitHub hands out in pages. */
export type Page = { per_page: number; page: number };

/** Every item of a paged list, one page asked for after the other, and none before it is needed. */
export async function* everyItem<T>(ask: (page: Page) => Promise<{ data: T[] }>): AsyncGenerator<T> {
  for (let page = 1; ; page += 1) {
    const { data } = await ask({ per_page: pageSize, page });
    yield* data;
    if (data.length < pageSize) return;
  }
}

/** The first item that fits, without asking for the pages after it. */
export async function firstFitting<T>(
  items: AsyncIterable<T>,
  fits: (item: T) => boolean,
): Promise<T | undefined> {
  for await (const item of items) if (fits(item)) return item;
  return undefined;
}

/** All items that fit. */
export async function allFitting<T>(items: AsyncIterable<T>, fits: (item: T) => boolean): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) if (fits(item)) found.push(item);
  return found;
}
