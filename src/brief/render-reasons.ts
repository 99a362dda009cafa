import { inlineCode } from "../domain/text/escape-markdown.ts";
import type { Classified } from "./classify.ts";

/** Why work belongs to its classes: "auth by the word `login`, billing by the scope `src/billing`". */
export function renderReasons(found: Classified[]): string {
  return found
    .map((one) => `${one.class} by the ${one.by === "words" ? "word" : "scope"} ${inlineCode(one.found)}`)
    .join(", ");
}
