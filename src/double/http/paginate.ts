import { type Answer, ok } from "./answer.ts";

const largestPage = 100;

/** The page of a list that the query asks for, with GitHub's `Link` header. */
export function paginate<Item>(list: readonly Item[], url: URL): { items: Item[]; link: string | undefined } {
  const size = Math.min(positive(url.searchParams.get("per_page"), 30), largestPage);
  const page = positive(url.searchParams.get("page"), 1);
  const last = Math.max(1, Math.ceil(list.length / size));
  const links: [string, number][] = [];
  if (page > 1) links.push(["prev", Math.min(page - 1, last)]);
  if (page < last) links.push(["next", page + 1], ["last", last]);
  if (page > 1) links.push(["first", 1]);
  return {
    items: list.slice((page - 1) * size, page * size),
    link:
      links.length > 0
        ? links.map(([rel, to]) => `<${pageUrl(url, to)}>; rel="${rel}"`).join(", ")
        : undefined,
  };
}

/** 200 with one page of a list, each item in its shape. */
export async function pageOf<Item>(
  list: readonly Item[],
  url: URL,
  shape: (item: Item) => unknown,
): Promise<Answer> {
  const { items, link } = paginate(list, url);
  const answer = ok(await Promise.all(items.map(shape)));
  return link ? { ...answer, headers: { link } } : answer;
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

function pageUrl(url: URL, page: number): string {
  const target = new URL(url);
  target.searchParams.set("page", String(page));
  return target.toString();
}
