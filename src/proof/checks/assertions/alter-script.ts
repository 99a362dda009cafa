import type { ListedNode } from "../weakened-tests/read-chain.ts";
import { otherLiteral } from "./alter-value.ts";
import { around, type Edit, instead, mark } from "./edit.ts";

/** Gives an argument another value: a literal of the same kind, or a list that holds what stood there, which nothing equals. */
export function alterScript(item: Pick<ListedNode, "from" | "to">, text: string): Edit[] {
  const other = otherLiteral(text.slice(item.from, item.to));
  return other === undefined ? around(item, [`["${mark}", `, "]"]) : instead(item, other);
}

/** Whether an argument stands for several. */
export function isSpread(item: Pick<ListedNode, "from" | "to">, text: string): boolean {
  return text.slice(item.from, item.to).startsWith("...");
}
